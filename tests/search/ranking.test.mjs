// Hits, order, tiers and scores to the last bit, against the slow and obvious way.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FACETS, randomDocuments, randomQuery } from "./corpus.mjs";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";
import { Reference } from "./reference.mjs";
import { loaderOf, writeIndex } from "./writer.mjs";

const QUERIES = 500;

for (const [seed, count] of [[1, 12], [2, 60], [3, 150]]) {
  const documents = randomDocuments(seed, count);
  const reference = new Reference(documents, FACETS);
  describe(`${count} documents`, () => {
    test("hits are those of the reference", async () => {
      const random = randomFrom(seed);
      const lookup = new engine.Lookup(loaderOf(writeIndex(documents, FACETS, { inline: seed === 2, large: ["tier"] })).load);
      const tiers = new Map();
      for (let number = 0; number < QUERIES; number += 1) {
        const query = randomQuery(random, documents);
        const result = await lookup.search(query, { most: 10 });
        const expected = reference.search(result.parsed);
        assert.deepEqual(result.hits, expected.hits.slice(0, 10), query);
        assert.equal(result.total, expected.hits.length, query);
        assert.equal(result.unfiltered, expected.unfiltered, query);
        assert.deepEqual([...await lookup.ordered(result)], expected.hits.map(({ id }) => id), query);
        for (const { tier } of expected.hits) tiers.set(tier, (tiers.get(tier) ?? 0) + 1);
      }
      // The queries are no test of a tier that they never reach.
      assert.deepEqual([...tiers.keys()].sort(), [1, 2, 3, 4, 5]);
    });
  });
}
