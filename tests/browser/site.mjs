// The sites under test: built into a temporary folder, and served by the program itself.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** Definitions of a real product, where they lie beside the project. They are not ours to commit. */
const REAL = fileURLToPath(new URL("../../../shared/corpus/gitlab/config", import.meta.url));

/** @typedef {{name: string, kind: string, status: string, category: string | null, group: string | null, data_category: string[],
 *   events: {name: string, known: boolean}[], path: string, url: string, findings: object[]}} Item */

/** What there is to build: a name, the folder of definitions, and the program's arguments. */
const corpora = [{ name: "the sample", definitions: join(PROJECT, "definitions"), options: [] }];
if (existsSync(REAL)) {
  corpora.push({ name: "a real product", definitions: REAL, options: ["--definitions", REAL] });
}

/** Builds and serves every corpus. */
export function openSites() {
  return Promise.all(corpora.map(open));
}

async function open({ name, definitions, options }) {
  assert(process.env.METRICS_DICTIONARY, "METRICS_DICTIONARY must hold the path of the built program; see tests/run");
  const program = resolve(process.env.METRICS_DICTIONARY);
  const global = ["-C", PROJECT, "--quiet", ...options];
  const scratch = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
  const folder = join(scratch, "site");
  await promisify(execFile)(program, [...global, "build", "--out", folder]);
  const items = await readItems(folder);
  const { url, stop } = await serve(program, global);
  const close = async () => {
    stop();
    await rm(scratch, { recursive: true });
  };
  const chapters = await readChapters(folder);
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(".html")).sort();
  const pages = { ...onePageOfEachKind(items), ...oneListOfEachKind(files), "guide chapter": chapters[0] };
  return { name, definitions, options: global, folder, files, items, chapters, pages, url, close };
}

/** Starts the program's own server on a free port; it prints its address first. */
export async function serve(program, global) {
  const child = spawn(program, [...global, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => child.kill();
  // Also when a test file ends early or is ended: a server left behind would keep the test run from ending.
  process.once("exit", stop);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      console.error(`ended by ${signal}`);
      process.exit(1);
    });
  }
  for await (const url of createInterface({ input: child.stdout })) return { url, stop };
  throw new Error("serve ended without printing its address");
}

/** The items of a built site, from the JSON beside each page. */
async function readItems(folder) {
  /** @type {Item[]} */
  const items = [];
  for (const kind of ["metrics", "events"]) {
    for (const entry of await readdir(join(folder, kind), { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const json = JSON.parse(await readFile(join(folder, kind, entry.name, "index.json"), "utf8"));
      // A name that is defined more than once has one page and several definitions.
      items.push([].concat(json)[0]);
    }
  }
  return items;
}

/** The paths of the guide's chapters. First the one with the most blocks of code: those are wider than a small screen. */
async function readChapters(folder) {
  const chapters = [];
  for (const entry of await readdir(join(folder, "guide"), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = `guide/${entry.name}/index.html`;
    chapters.push({ path, blocks: (await readFile(join(folder, path), "utf8")).split("<pre").length });
  }
  return chapters.sort((a, b) => b.blocks - a.blocks).map(({ path }) => path);
}

/**
 * The path of a page of each kind. Of several it is the one with the longest name: that one breaks a layout first.
 * @param {Item[]} items
 */
function onePageOfEachKind(items) {
  const pages = {
    "home": "index.html",
    "metrics table": "metrics/index.html",
    "events table": "events/index.html",
    "health": "health/index.html",
    "rules": "rules/index.html",
    "guide": "guide/index.html",
  };
  const kinds = {
    "metric": (item) => item.kind === "metric" && item.status === "active",
    "removed metric": (item) => item.kind === "metric" && item.status === "removed",
    "event": (item) => item.kind === "event" && item.category === null,
    "legacy event": (item) => item.kind === "event" && item.category !== null,
  };
  for (const [kind, belongs] of Object.entries(kinds)) {
    const [longest] = items.filter(belongs).sort((a, b) => b.name.length - a.name.length);
    assert(longest, `no ${kind} among the definitions`);
    pages[kind] = `${longest.url}index.html`;
  }
  // Only the real definitions have something wrong with them.
  const [faulty] = [...items].sort((a, b) => b.findings.length - a.findings.length);
  if (faulty.findings.length > 0) pages["item with findings"] = `${faulty.url}index.html`;
  return pages;
}

/** The pages of values, of what lies below them, and of what is counted, by their paths. */
const LISTS = {
  "groups": "groups/index",
  "group": "groups/*/index",
  "data category of a group": "groups/*/data-categories/*/index",
  "findings of a group": "groups/*/findings/index",
  "rule": "rules/*/*/index",
  "stage": "stages/*/index",
  "section": "sections/*/index",
  "data categories": "data-categories/index",
  "data category": "data-categories/*/index",
  "whole list": "data-categories/*/all",
  "second page of a list": "data-categories/*/page-2",
  "product category": "product-categories/*/index",
  "status": "statuses/*/index",
  "milestones": "milestones/index",
  "milestone": "milestones/*/index",
  "removed in a milestone": "milestones/*/removed/index",
  "performance indicator": "performance-indicators/*/index",
  "data source": "data-sources/*/index",
  "tier": "tiers/*/index",
  "time frame": "time-frames/*/index",
  "numbers": "numbers/index",
  "lifecycle": "lifecycle/index",
  "list of the lifecycle": "lifecycle/*/index",
};

/**
 * The path of a list of each kind, again with the longest name.
 * @param {string[]} files
 */
function oneListOfEachKind(files) {
  const pages = {};
  for (const [kind, pattern] of Object.entries(LISTS)) {
    const path = new RegExp(`^${pattern.replaceAll("*", "[^/]+")}\\.html$`);
    const [longest] = files.filter((file) => path.test(file)).sort((a, b) => b.length - a.length);
    // Only the real definitions have something wrong with them.
    assert(longest || kind === "findings of a group", `no ${kind} in the site`);
    if (longest) pages[kind] = longest;
  }
  return pages;
}
