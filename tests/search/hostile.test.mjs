// Whatever is typed, a search ends with a result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FACETS, WORDS, randomDocuments } from "./corpus.mjs";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";
import { loaderOf, writeIndex } from "./writer.mjs";

const PIECES = [
  ...WORDS, '"', '"', "-", "OR", "OR", "--", ":", "::", ",", "group:", "group:ci", "-kind:event", "name:", 'desc:"', "grup:x", "tier:free,,x",
  "constructor", "__proto__", "toString:", "hasOwnProperty:x", "__proto__:y", "<img src=x onerror=alert(1)>", "&lt;", "</script>", "\0", "\u2028",
  "𝒜", "😀", "\ud800", "\udfff", "İ", "\u0301", "\ufeff", "\u0085", "`", "${x}", "%s", "\\", "//", "12:30", "https://x.y", "x".repeat(70),
];

const random = randomFrom(11);

const KINDS = [
  () => random.many(random.below(12), () => random.one(PIECES)).join(random.one(["", " ", "  ", "\t"])),
  () => String.fromCharCode(...random.many(random.below(60), () => random.below(256))),
  () => String.fromCharCode(...random.many(random.below(60), () => random.below(65_536))),
  () => random.many(random.below(40), () => random.one([..."\"-:,OR abz_"])).join(""),
];

function makeQuery(round) {
  if (round % 100 === 0) return random.one(KINDS)().padEnd(5000, `${random.one(PIECES)}${random.one(["", " "])}`);
  return random.one(KINDS)();
}

test("3,000 queries never fail", async () => {
  const documents = randomDocuments(4, 80);
  const lookup = new engine.Lookup(loaderOf(writeIndex(documents, FACETS)).load);
  for (let round = 0; round < 3000; round += 1) {
    const query = makeQuery(round);
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
