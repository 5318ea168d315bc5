// Whatever is typed, a search ends with a result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FACETS, randomDocuments } from "./corpus.mjs";
import { engine } from "./engine.mjs";
import { hostileQueries } from "./hostile.mjs";
import { loaderOf, writeIndex } from "./writer.mjs";

test("3,000 queries never fail", async () => {
  const documents = randomDocuments(4, 80);
  const lookup = new engine.Lookup(loaderOf(writeIndex(documents, FACETS)).load);
  for (const query of hostileQueries(11, 3000)) {
    const result = await lookup.search(query);
    assert.equal(result.query, query);
    assert.ok(result.total === result.ids.length && result.total <= result.unfiltered && result.total <= documents.length);
    assert.equal(result.hits.length, Math.min(result.total, 10));
    assert.ok(result.hits.every(({ score }) => Number.isFinite(score)));
    const leaves = [...result.parsed.groups.flat(2), ...result.parsed.not.flat()];
    assert.ok(leaves.length <= 30 && leaves.every(({ words }) => words.length > 0 && words.length <= 30));
    assert.ok(result.notices.every(({ text, suggestions }) => text && suggestions.length <= 3));
  }
});

test("a query of 5,000 characters takes no time", async () => {
  const lookup = new engine.Lookup(loaderOf(writeIndex(randomDocuments(4, 80), FACETS)).load);
  for (const piece of ["a", "aB", "-", '"', "a ", "x:1 ", "a OR ", "group:x,", "group:x ", '"a b" ', "pipline ", "-group:", "'\" "]) {
    const start = performance.now();
    await lookup.search(piece.repeat(5000 / piece.length));
    assert.ok(performance.now() - start < 1000, piece);
  }
});

test("an index without documents finds nothing", async () => {
  const facets = FACETS.map((facet) => ({ ...facet, values: [] }));
  const lookup = new engine.Lookup(loaderOf(writeIndex([], facets)).load);
  for (const query of ["", "a", "pipeline runner", "-a", '"a b"', "group:ci", "a OR b", "pipline bui"]) {
    const { total, hits } = await lookup.search(query);
    assert.deepEqual({ total, hits }, { total: 0, hits: [] }, query);
  }
});
