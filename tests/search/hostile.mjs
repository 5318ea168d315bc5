// Queries that nobody means: random bytes, operators, quotes, markup, names that every object has, and much of them.
import { WORDS } from "./corpus.mjs";
import { randomFrom } from "./random.mjs";

const PIECES = [
  ...WORDS, '"', '"', "-", "OR", "OR", "--", ":", "::", ",", "group:", "group:ci", "-kind:event", "name:", 'desc:"', "grup:x", "tier:free,,x",
  "constructor", "__proto__", "toString:", "hasOwnProperty:x", "__proto__:y", "<img src=x onerror=alert(1)>", "&lt;", "</script>", "\0", "\u2028",
  "𝒜", "😀", "\ud800", "\udfff", "İ", "\u0301", "\ufeff", "\u0085", "`", "${x}", "%s", "\\", "//", "12:30", "https://x.y", "x".repeat(70),
];

const KINDS = (random) => [
  () => random.many(random.below(12), () => random.one(PIECES)).join(random.one(["", " ", "  ", "\t"])),
  () => String.fromCharCode(...random.many(random.below(60), () => random.below(256))),
  () => String.fromCharCode(...random.many(random.below(60), () => random.below(65_536))),
  () => random.many(random.below(40), () => random.one([..."\"-:,OR abz_"])).join(""),
];

/** @param {number} seed @param {number} count */
export function hostileQueries(seed, count) {
  const random = randomFrom(seed);
  const kinds = KINDS(random);
  return Array.from({ length: count }, (_, round) => {
    const query = random.one(kinds)();
    return round % 100 === 0 ? query.padEnd(5000, `${random.one(PIECES)}${random.one(["", " "])}`) : query;
  });
}
