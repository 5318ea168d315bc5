// The page's script over the built files finds what the program finds: the same hits in the same order, with the same
// scores to the last bit, the same tiers, totals and notices.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { queries } from "./asked.mjs";
import { answers, build, corpora } from "./corpora.mjs";
import { engine } from "./engine.mjs";
import { differences } from "./parity.mjs";

/** Queries for each corpus. */
const COUNT = Number(process.env.PARITY_QUERIES ?? 2000);

for (const name of corpora) {
  test(`${name}: ${COUNT} queries`, async () => {
    const corpus = await build(name);
    try {
      const load = async (path) => JSON.parse(await readFile(join(corpus.site, "lookup", `${path}.json`), "utf8"));
      const lookup = new engine.Lookup(load);
      const asked = queries(corpus.items, (await load("core")).facets, COUNT, 11);
      const expected = await answers(corpus, asked);
      const found = [];
      for (const query of asked) {
        const result = await lookup.search(query);
        found.push({ ...result, rows: await lookup.rows(result.hits.map((hit) => hit.id)) });
      }
      const different = differences(expected, found);
      assert.deepEqual(different.slice(0, 5), [], `${different.length} of ${COUNT} differ`);
      const tiers = new Set(expected.flatMap(({ hits }) => hits.map((hit) => hit.tier)));
      assert.deepEqual([...tiers].sort(), ["exact", "partial", "prefix", "query", "typo"], "every tier is among the answers");
    } finally {
      await corpus.remove();
    }
  });
}
