// People half remember names and mistype them: what they look for must still be among the first three hits.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answers, build, corpora } from "./corpora.mjs";
import { randomFrom } from "./random.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A letter of the name, and for a swap another one behind it. */
function anyLetter(name, random, fits) {
  const places = Array.from(name, (_, place) => place).filter((place) => fits(name, place));
  return random.one(places);
}
const isLetter = (name, place) => /[a-z]/i.test(name[place] ?? "");
const canSwap = (name, place) => isLetter(name, place) && isLetter(name, place + 1) && name[place] !== name[place + 1];

const MISTAKES = {
  "wrong": (name, random) => {
    const at = anyLetter(name, random, isLetter);
    const other = random.one(Array.from(LETTERS).filter((letter) => letter !== name[at].toLowerCase()));
    return name.slice(0, at) + other + name.slice(at + 1);
  },
  "missing": (name, random) => {
    const at = anyLetter(name, random, isLetter);
    return name.slice(0, at) + name.slice(at + 1);
  },
  "swapped": (name, random) => {
    const at = anyLetter(name, random, canSwap);
    return name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2);
  },
};

/** The items that their queries do not put among the first three. */
function missed(items, found) {
  return items.filter(({ kind, name }, place) => (
    !found[place].hits.slice(0, 3).some((hit) => hit.kind === kind && hit.name === name)
  )).map(({ name }) => name);
}

for (const name of corpora.filter((corpus) => corpus !== "a generated one")) {
  describe(name, () => {
    let corpus;
    let items;
    before(async () => {
      corpus = await build(name, { texts: false });
      items = corpus.items;
    });
    after(() => corpus.remove());

    test("the last two parts of a key_path, or an action, find the item", async (context) => {
      const parts = items.map((item) => item.action ?? item.name.split(".").slice(-2).join("."));
      const without = missed(items, await answers(corpus, parts));
      context.diagnostic(`${items.length} items, missed: ${without.join(" ") || "none"}`);
      assert.deepEqual(without, []);
    });

    for (const [mistake, make] of Object.entries(MISTAKES)) {
      test(`a name with one letter ${mistake} finds the item, 19 times of 20`, async (context) => {
        const random = randomFrom(3);
        const rounds = [];
        for (let round = 0; round < 5; round += 1) rounds.push(items.map((item) => make(item.name, random)));
        const found = await answers(corpus, rounds.flat());
        const all = rounds.flatMap(() => items);
        const without = missed(all, found);
        context.diagnostic(`${all.length} queries, missed ${without.length}: ${[...new Set(without)].join(" ")}`);
        assert(without.length <= all.length / 20, `missed ${without.length} of ${all.length}`);
      });
    }
  });
}
