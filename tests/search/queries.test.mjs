// The table of cases that the program's tests read as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { engine } from "./engine.mjs";

const { facets, queries, values } = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));

const leafText = ({ field, words }) => (field ? `${field}:` : "") + words.join("+");

/** What the table leaves out is nothing. */
function written(notice) {
  const { suggestions = [], ...rest } = notice;
  return { ...rest, suggestions };
}

describe("queries", () => {
  for (const expected of queries) {
    test(JSON.stringify(expected.query), () => {
      const parsed = engine.parse(expected.query, facets);
      assert.deepEqual(
        {
          groups: parsed.groups.map((group) => group.map((leaves) => leaves.map(leafText))),
          not: parsed.not.map((leaves) => leaves.map(leafText)),
          filters: parsed.filters,
          said: parsed.said,
          open: parsed.open,
          notices: parsed.notices,
        },
        {
          groups: expected.groups,
          not: expected.not ?? [],
          filters: (expected.filters ?? []).map((filter) => ({ not: false, ...filter })),
          said: expected.said ?? null,
          open: expected.open ?? false,
          notices: (expected.notices ?? []).map(written),
        },
      );
    });
  }
});

describe("values", () => {
  for (const expected of values) {
    test(`${expected.facet}: ${expected.value}`, () => {
      const facet = facets.find(({ name }) => name === expected.facet);
      const { places, notice } = new engine.Values(facet, facet.values).resolve(expected.value);
      assert.deepEqual(places.map((place) => facet.values[place][0]), expected.keys);
      assert.equal(notice?.text, expected.text);
      assert.deepEqual(notice?.suggestions ?? [], expected.suggestions ?? []);
    });
  }
});
