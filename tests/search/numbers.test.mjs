// Numbers as files write them, and tantivy's table of lengths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";
import { fixed, variable } from "./writer.mjs";

const { LENGTHS, normOf, readCodes, readNumbers } = engine;

test("variable numbers are read as they are written", () => {
  assert.deepEqual([...readNumbers("")], []);
  assert.deepEqual([...readNumbers("#$~")].slice(0, 2), [0, 1]);
  const random = randomFrom(8);
  const numbers = random.many(5000, () => random.below(2 ** random.below(33)));
  assert.deepEqual([...readNumbers(numbers.map(variable).join(""))], numbers);
});

test("fixed numbers are read as they are written", () => {
  const random = randomFrom(9);
  for (const width of [1, 2, 3]) {
    const numbers = random.many(500, () => random.below(86 ** width));
    assert.deepEqual([...readCodes(numbers.map((number) => fixed(number, width)).join(""), width, 500)], numbers);
  }
  assert.deepEqual([...readCodes("", 0, 3)], [0, 0, 0]);
});

test("no digit needs an escape in JSON, scripts or HTML", () => {
  const digits = Array.from({ length: 86 }, (_, number) => fixed(number, 1)).join("");
  assert.equal(new Set(digits).size, 86);
  assert.doesNotMatch(digits, /["'\\`<&\s]/);
});

test("lengths are tantivy's", () => {
  assert.deepEqual(LENGTHS.slice(0, 41), Array.from({ length: 41 }, (_, id) => id));
  assert.deepEqual(LENGTHS.slice(41, 58), [42, 44, 46, 48, 50, 52, 54, 56, 60, 64, 68, 72, 76, 80, 84, 88, 96]);
  assert.equal(LENGTHS[255], 2_013_265_944);
  for (const [length, id] of [[0, 0], [40, 40], [41, 40], [43, 41], [57, 48], [4e9, 255]]) assert.equal(normOf(length), id);
});
