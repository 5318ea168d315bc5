// Queries as people and machines ask them, made from what a dictionary holds.
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz_0123456789";

/**
 * @param {import("./corpora.mjs").Item[]} items
 * @param {{name: string, values?: [string, string][]}[]} facets of the index
 * @param {number} count
 * @param {number} seed
 * @returns {string[]}
 */
export function queries(items, facets, count, seed) {
  const random = randomFrom(seed);
  const { one, below, many, chance } = random;
  const sources = items.map(({ name, description, group }) => ({
    name, words: engine.wordsOf(`${name} ${description} ${group ?? ""}`), text: engine.wordsOf(description), spelt: engine.wordsOf(name),
  })).filter(({ words }) => words.length > 0);

  /** Mostly words of one item, so that some item has them all. */
  const wordsOf = (most = 4) => {
    const source = one(sources);
    return many(1 + below(most), () => one(chance(0.85) ? source.words : one(sources).words));
  };
  const cut = (word) => word.slice(0, Math.max(1, word.length - 1 - below(3)));
  const misspelt = (word) => {
    const at = below(word.length);
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    return one([before + after, before + one(LETTERS) + after, before + one(LETTERS) + word[at] + after, before + after.slice(0, 1) + word[at] + after.slice(1)]);
  };
  const changed = (words, change) => {
    const at = below(words.length);
    return words.map((word, place) => (place === at ? change(word) : word));
  };
  const phrase = () => {
    const source = one(sources);
    const words = chance(0.5) && source.text.length > 1 ? source.text : source.spelt;
    const start = below(words.length);
    return `"${words.slice(start, start + 2 + below(2)).join(" ")}"`;
  };
  const filter = () => {
    const facet = one(facets.filter(({ values }) => values && values.length > 0));
    const value = one(facet.values)[chance(0.5) ? 0 : 1];
    return `${chance(0.1) ? "-" : ""}${facet.name}:${/[\s,]/.test(value) || chance(0.2) ? `"${value}"` : value}`;
  };
  const text = (words) => words.join(one([" ", " ", " ", "_", "."]));
  const kinds = [
    () => text(wordsOf()),
    () => text(wordsOf()),
    () => { const words = wordsOf(3); return text([...words.slice(0, -1), cut(words[words.length - 1])]); },
    () => text(changed(wordsOf(3), misspelt)),
    () => text(changed(wordsOf(2), (word) => word.slice(1 + below(2)))),
    () => text(changed(wordsOf(4), () => "qxzqxz")),
    () => `${text(wordsOf(2))} -${one(wordsOf())}`,
    () => `${one(wordsOf())} OR ${text(wordsOf(2))} ${chance(0.3) ? `OR ${phrase()}` : ""}${chance(0.5) ? ` ${one(wordsOf())}` : ""}`,
    phrase,
    () => `${phrase()} ${one(wordsOf())}`,
    () => `${filter()} ${chance(0.7) ? text(wordsOf(2)) : ""} ${chance(0.3) ? filter() : ""}`,
    () => `${one(["name", "desc", "description"])}:${chance(0.3) ? phrase() : one(wordsOf())} ${chance(0.4) ? one(wordsOf()) : ""}`,
    () => one(items).name,
    () => changed([one(items).name.toUpperCase()], (name) => name)[0],
    () => misspelt(one(items).name),
    () => one(items).name.slice(0, 2 + below(30)),
    () => `${one(["milestone", "since"])}:${one(["", ">", ">=", "<", "<=", "="])}${10 + below(9)}${chance(0.7) ? `.${below(12)}` : ""} ${chance(0.5) ? one(wordsOf()) : ""}`,
    () => one([`-${one(wordsOf())}`, `group:${cut(one(wordsOf()))}`, `grup:x ${one(wordsOf())}`, "", "a", `${one(wordsOf())} ${one(LETTERS)}`, "has:findings", "kind:event OR x"]),
  ];
  return many(count, () => one(kinds)().replace(/\s*\n\s*/g, " "));
}
