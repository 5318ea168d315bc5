// A small dictionary of random documents, with names of one word and of many, words that repeat, and long texts.
import { randomFrom } from "./random.mjs";

export const WORDS = [
  "ci", "builds", "build", "pipeline", "pipelines", "runner", "runners", "count", "counts", "redis", "users", "user", "monthly",
  "weekly", "merge", "request", "requests", "review", "a", "b", "28d", "7d", "total", "usage", "issue", "issues", "epic", "𝒜x", "σασ",
];

export const FACETS = [
  { name: "kind", aliases: [], noun: "kind", ordered: false, values: [["metric", "Metric"], ["event", "Event"]] },
  { name: "group", aliases: ["owner"], noun: "group", ordered: false, values: [["ci", "CI"], ["plan", "Plan"], ["none", "No owner"]] },
  { name: "tier", aliases: [], noun: "tier", ordered: false, values: [["free", "Free"], ["premium", "Premium"], ["ultimate", "Ultimate"]] },
];

/** @param {number} seed @param {number} count */
export function randomDocuments(seed, count) {
  const random = randomFrom(seed);
  const words = (most) => random.many(random.below(most + 1), () => WORDS[Math.floor(random.below(WORDS.length) * (random.below(100) / 100))]);
  const documents = random.many(count, () => {
    const name = [random.one(WORDS), ...words(random.chance(0.05) ? 60 : 4)];
    const kind = random.chance(0.7) ? "metric" : "event";
    const group = random.one(["ci", "plan", "none"]);
    return {
      name, owner: group === "none" ? [] : [group, group], description: words(12).map((word) => (random.chance(0.03) ? null : word)),
      code: words(3), removed: random.chance(0.2),
      row: { kind, name: name.join("_"), slug: random.chance(0.1) ? "other" : "", description: "text", owner: group, status: "active" },
      facets: { kind: [kind], group: [group], tier: ["free", "premium", "ultimate"].filter(() => random.chance(0.5)) },
    };
  });
  // By name; by code units will do here.
  const key = ({ removed, row }) => `${removed ? 1 : 0} ${row.name}`;
  return documents.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const mistype = (random, word) => {
  const letters = [...word];
  const at = random.below(letters.length);
  if (random.chance(0.3)) letters.splice(at, 1);
  else if (random.chance(0.5)) letters.splice(at, 0, "x");
  else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
  return letters.join("");
};

/** @param {ReturnType<typeof randomFrom>} random @param {any[]} documents */
export function randomQuery(random, documents) {
  const word = () => {
    const whole = random.one(WORDS);
    if (random.chance(0.12)) return mistype(random, whole);
    if (random.chance(0.12)) return whole.slice(0, 1 + random.below(whole.length));
    if (random.chance(0.05)) return whole.slice(1);
    return whole;
  };
  const pair = () => {
    const { name, description } = random.one(documents);
    const words = random.chance(0.5) ? name : description.filter(Boolean);
    const at = random.below(Math.max(words.length - 2, 1));
    return words.slice(at, at + 2 + random.below(2)).join(" ");
  };
  const clause = () => {
    const kind = random.below(20);
    if (kind === 0) return `"${pair()}"`;
    if (kind === 1) return `${word()} OR ${random.chance(0.5) ? word() : `"${pair()}"`}`;
    if (kind === 2) return `${word()}_${word()} OR ${word()}`;
    if (kind === 3) return `-${word()}`;
    if (kind === 4) return `name:${word()}`;
    if (kind === 5) return `desc:${word()}`;
    if (kind === 6) return `${random.chance(0.3) ? "-" : ""}${random.one(["kind:event", "kind:metric", "group:ci,plan", "tier:free", "tier:ultimate"])}`;
    if (kind === 7) return `-"${pair()}"`;
    return word();
  };
  if (random.chance(0.1)) return random.one(documents).row.name.toUpperCase();
  return random.many(1 + random.below(4), clause).join(" ");
}
