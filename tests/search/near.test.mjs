// Terms like a word, against the definitions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";
import { distance } from "./reference.mjs";
import { variable } from "./writer.mjs";

const { Terms, codePoints, editDistance, termsBeginning, termsContaining, termsNear } = engine;

const random = randomFrom(10);

/** Short words of few letters, so that many are alike; some letters are astral. */
const word = (letters = "abc𝒜") => random.many(1 + random.below(10), () => random.one([...letters])).join("");

const known = [...new Set(random.many(4000, word))].sort();
const counts = known.map(() => random.below(50));
const part = (from, to) => new Terms({ t: known.slice(from, to).join(" "), n: counts.slice(from, to).map(variable).join("") });
const parts = [part(0, 1000), part(1000, 1001), part(1001)];

/** The terms that pass, in their order. */
function expected(distanceOf, most) {
  return known
    .map((term, at) => ({ term, count: counts[at], distance: distanceOf(term), at }))
    .filter((each) => each.distance !== null)
    .sort((a, b) => a.distance - b.distance || b.count - a.count || a.at - b.at)
    .slice(0, most)
    .map(({ term }) => term);
}

test("edits are counted as defined", () => {
  for (let round = 0; round < 5000; round += 1) {
    const [a, b] = [word(), word()];
    const limit = random.below(4);
    const found = editDistance(codePoints(a), codePoints(b), limit);
    assert.equal(Math.min(found, limit + 1), Math.min(distance([...a], [...b]), limit + 1), `${a} ${b}`);
  }
});

test("near terms are all within reach, and none is missed", () => {
  for (let round = 0; round < 60; round += 1) {
    const typed = round % 2 ? word() : random.one(known);
    const length = [...typed].length;
    const limit = length < 4 ? 0 : length < 8 ? 1 : 2;
    const near = expected((term) => {
      const edits = Math.abs([...term].length - length) > limit ? Infinity : distance([...typed], [...term]);
      return edits > 0 && edits <= limit ? edits : null;
    }, 8);
    assert.deepEqual(termsNear(parts, typed), near, typed);
  }
});

test("terms that begin with a word, and terms that contain it", () => {
  for (let round = 0; round < 300; round += 1) {
    const typed = [...word()].slice(0, 4).join("");
    assert.deepEqual(termsBeginning(parts, typed), expected((term) => (term !== typed && term.startsWith(typed) ? 0 : null), 32), typed);
    const containing = [...typed].length < 3 ? [] : expected((term) => (term.includes(typed) ? 0 : null), 32);
    assert.deepEqual(termsContaining(parts, typed), containing, typed);
  }
});

test("an empty dictionary has nothing", () => {
  const empty = [new Terms({ t: "", n: "" })];
  for (const terms of [termsBeginning, termsContaining, termsNear]) assert.deepEqual(terms(empty, "pipeline"), []);
});
