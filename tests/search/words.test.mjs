// Words: where texts are cut, and what highlighting makes of that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";

const { canonical, highlight, lowerCase, placedWords, wordsOf } = engine;

const CHARACTERS = [..."abzABZ019 _-.,:é É ß İ ı ŉ Σ σ ς ǅ Ⅷ ⅷ Ⓐ ⓐ ª ² 中 文 ا 𝒜 𝔸 𐐀 𐐨 \u0301\u0345\u200b\u00ad 😀", "\ud800"];

test("texts are cut where case or kind changes", () => {
  const cases = {
    "UsageDataHTTPClient": ["usage", "data", "http", "client"],
    "counts.ci_builds_28d": ["counts", "ci", "builds", "28d"],
    "k8s-v2": ["k8s", "v2"],
    "aB1C": ["a", "b1c"],
    "ABc ABC aBC": ["a", "bc", "abc", "a", "bc"],
    "ÉtéÉté": ["été", "été"],
    "ΟΔΟΣ": ["οδοσ"],
    "Ⅷⅷ": ["ⅷⅷ"],
    "ǅa": ["ǆa"],
    "中文Ab": ["中文ab"],
    "e\u0301t": ["e", "t"],
    "it's": ["it", "s"],
    "": [],
    "—": [],
  };
  for (const [text, words] of Object.entries(cases)) assert.deepEqual(wordsOf(text), words, text);
});

test("words of 64 bytes are left out", () => {
  assert.deepEqual(wordsOf(`${"a".repeat(63)} ${"b".repeat(64)} ${"é".repeat(31)} ${"é".repeat(32)}`), ["a".repeat(63), "é".repeat(31)]);
  // As written, İ has two bytes; in lower case three.
  assert.equal(wordsOf("İ".repeat(31)).length, 1);
});

test("a long run of letters is cut as well", () => {
  assert.deepEqual(wordsOf("a".repeat(200_000)), []);
  assert.equal(wordsOf("aB".repeat(100_000)).length, 100_001);
});

test("random texts are cut as one character after the other would be", () => {
  const random = randomFrom(5);
  const is = (pattern) => (character) => character !== undefined && pattern.test(character);
  const [word, small, capital] = [/[\p{Alphabetic}\p{N}]/u, /\p{Lowercase}/u, /\p{Uppercase}/u].map(is);
  for (let round = 0; round < 5000; round += 1) {
    const characters = random.many(random.below(24), () => random.one(CHARACTERS));
    const words = [];
    let current = "";
    characters.forEach((character, at) => {
      const [before, after] = [characters[at - 1], characters[at + 1]];
      const cut = capital(character) && (small(before) || (capital(before) && small(after)));
      if (cut || !word(character)) {
        words.push(current);
        current = "";
      }
      if (word(character)) current += character;
    });
    const text = characters.join("");
    assert.deepEqual(wordsOf(text), [...words, current].filter(Boolean).map(lowerCase), JSON.stringify(text));
  }
});

test("places of words are where they stand", () => {
  const random = randomFrom(6);
  for (let round = 0; round < 2000; round += 1) {
    const text = random.many(random.below(30), () => random.one(CHARACTERS)).join("");
    for (const { word, start, end } of placedWords(text)) assert.equal(lowerCase(text.slice(start, end)), word);
  }
});

test("highlighting keeps the text and marks words", () => {
  assert.deepEqual(highlight("Count of CIBuilds, counted", new Set(["count", "ci", "builds"])), [
    ["Count", true], [" of ", false], ["CIBuilds", true], [", counted", false],
  ]);
  assert.deepEqual(highlight("", new Set(["a"])), []);
  assert.deepEqual(highlight("<b>&", new Set(["b"])), [["<", false], ["b", true], [">&", false]]);
  const random = randomFrom(7);
  for (let round = 0; round < 2000; round += 1) {
    const text = random.many(random.below(30), () => random.one(CHARACTERS)).join("");
    const terms = new Set(wordsOf(text).filter(() => random.chance(0.5)));
    const parts = highlight(text, terms);
    assert.equal(parts.map(([part]) => part).join(""), text);
    assert.ok(parts.every(([part, marked], at) => part !== "" && marked !== parts[at - 1]?.[1]));
  }
});

test("values have one spelling", () => {
  for (const value of ["Code Review", "code_review", "--code…review--", "CODE-REVIEW"]) assert.equal(canonical(value), "code_review");
  assert.equal(canonical("…"), "");
});
