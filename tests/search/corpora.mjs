// Dictionaries to search, built by the program: the sample, a real product's with long real texts where they lie beside
// the project, and a generated one whose texts repeat.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { randomFrom } from "./random.mjs";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));
const REAL = join(SHARED, "corpus/gitlab/config");
const TEXTS = join(SHARED, "registries/otel/model");

/** So many files are written at once. */
const AT_ONCE = 1000;

/** The built program; tests/run says where it is. */
function program() {
  const path = process.env.METRICS_DICTIONARY;
  if (!path) throw new Error("METRICS_DICTIONARY must hold the path of the built program; see tests/run");
  return path;
}

/**
 * @typedef {object} Corpus
 * @property {string} name
 * @property {string[]} options of the program
 * @property {string} site the folder that it was built into
 * @property {Item[]} items
 * @property {() => Promise<void>} remove
 */

/** @typedef {{kind: string, name: string, description: string, group: string | null, status: string}} Item */

/** The names of the corpora that can be built here. */
export const corpora = ["the sample", "a generated one", ...(existsSync(REAL) ? ["a real one"] : [])];

/**
 * @param {string} name
 * @param {{size?: number, texts?: boolean}} options how many definitions are generated; whether long texts are added to
 *   the real ones
 * @returns {Promise<Corpus>}
 */
export async function build(name, { size = 5000, texts = true } = {}) {
  const scratch = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
  const remove = () => rm(scratch, { recursive: true });
  const options = ["-C", PROJECT, "--quiet"];
  if (name === "a real one") options.push("--definitions", REAL);
  let definitions = [];
  if (name === "a generated one") definitions = generated(size);
  else if (name === "a real one" && texts && existsSync(TEXTS)) definitions = await realTexts();
  if (definitions.length > 0) {
    await write(definitions, join(scratch, "definitions"));
    options.push("--definitions", join(scratch, "definitions"));
  }
  const site = join(scratch, "site");
  await run([...options, "build", "--out", site]);
  const items = JSON.parse(await readFile(join(site, "export/dictionary.json"), "utf8")).items;
  return { name, options, site, items, remove };
}

/**
 * What the program finds.
 * @param {Corpus} corpus
 * @param {string[]} queries without line breaks
 * @returns {Promise<{query: string, total: number, hits: object[], notices: object[]}[]>}
 */
export async function answers({ options }, queries) {
  const answered = run([...options, "search", "-", "--format", "json"]);
  answered.child.stdin?.end(queries.map((query) => `${query}\n`).join(""));
  return (await answered).stdout.trim().split("\n").map((line) => JSON.parse(line));
}

/** @param {string[]} options */
function run(options) {
  return promisify(execFile)(program(), options, { maxBuffer: 1 << 28 });
}

/**
 * @param {{name: string, text: string, group: string}[]} definitions
 * @param {string} folder
 */
async function write(definitions, folder) {
  await mkdir(join(folder, "metrics"), { recursive: true });
  const texts = definitions.map(definitionText);
  // A hundred thousand files at once are more than a process may have open.
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    await Promise.all(texts.slice(start, start + AT_ONCE).map((text, place) => (
      writeFile(join(folder, "metrics", `${start + place}.yml`), text)
    )));
  }
}

/**
 * @param {{name: string, text: string, group: string}} definition
 * @param {number} place
 */
function definitionText({ name, text, group }, place) {
  const removed = place % 10 === 9;
  const lines = [
    `key_path: ${JSON.stringify(name)}`, `description: ${JSON.stringify(text)}`, `product_group: ${JSON.stringify(group)}`,
    "value_type: number", `status: ${removed ? "removed" : "active"}`, `milestone: "${10 + place % 9}.${place % 12}"`,
    `time_frame: ${["7d", "28d", "all", "none"][place % 4]}`, `data_source: ${["database", "redis", "system"][place % 3]}`,
    `data_category: ${["optional", "operational", "standard"][place % 3]}`, `tiers: [${["free", "premium", "ultimate"].slice(place % 3).join(", ")}]`,
  ];
  return `---\n${lines.join("\n")}\n`;
}

/** Names and texts of a public registry, as they are: long, and of very different lengths. */
async function realTexts() {
  const files = (await readdir(TEXTS, { recursive: true })).filter((path) => path.endsWith(".yaml")).sort();
  const texts = new Map();
  for (const file of files) {
    const content = await readFile(join(TEXTS, file), "utf8");
    // An entry and its text: on the same line, or folded below it.
    for (const [, name, line, block] of content.matchAll(/- (?:id|ref): (\S+)\n(?:(?!- id).*\n)*? +brief: *(?:[>|]-?\n((?: {6,}.*\n)+)|(.*)\n)/g)) {
      texts.set(name, (line ?? block).replace(/\s+/g, " ").trim());
    }
  }
  return Array.from(texts, ([name, text]) => ({ name, text, group: name.split(".")[0] }));
}

const WORDS = [
  "active", "agent", "alert", "api", "approval", "artifact", "backup", "badge", "billing", "blob", "board", "branch", "build", "cache", "cart",
  "check", "click", "cluster", "comment", "commit", "container", "coverage", "created", "customer", "daily", "deploy", "device", "discount", "download",
  "edited", "email", "environment", "epic", "error", "event", "export", "failed", "feature", "file", "finding", "group", "health", "import", "incident",
  "instance", "invite", "issue", "item", "job", "key", "label", "latency", "license", "list", "login", "merge", "message", "milestone", "mobile", "monthly",
  "note", "opened", "order", "package", "page", "payment", "pipeline", "plan", "policy", "project", "queue", "refund", "registry", "release", "report",
  "request", "review", "runner", "scan", "schedule", "search", "secret", "seat", "server", "session", "shipment", "signup", "snippet", "stage", "storage",
  "tag", "target", "task", "team", "template", "test", "thread", "timeline", "token", "total", "trial", "trigger", "unique", "update", "upload", "user",
  "value", "variable", "version", "view", "visit", "vulnerability", "warehouse", "webhook", "weekly", "widget", "wiki", "workflow", "workspace", "zone",
];

/**
 * Families whose members have nearly equal names and texts: only their order tells them apart.
 * @param {number} size
 */
function generated(size) {
  const random = randomFrom(5);
  const some = (/** @type {number} */ count) => random.many(count, () => random.one(WORDS));
  const groups = random.many(40, () => some(2).join("_"));
  const definitions = [];
  for (let family = 0; definitions.length < size; family += 1) {
    const name = `${random.one(["counts", "usage", "redis_hll_counters"])}.${some(1)}.${some(3).join("_")}_${family}`;
    const text = `Number of ${some(4 + random.below(20)).join(" ")}`;
    const group = random.one(groups);
    for (const member of ["", "_weekly", "_monthly", "_total"].slice(0, 1 + random.below(4))) {
      definitions.push({ name: name + member, text, group });
    }
  }
  return definitions.slice(0, size);
}
