// How much the first search loads, and how long a keystroke takes, in Chromium over http with gzip. No part of tests/run:
//
//   (cd tests/browser && npm ci)
//   CHROMIUM=… METRICS_DICTIONARY=target/release/metrics-dictionary node benches/search.mjs 5000 100000
//
// An argument is a number of definitions to generate, or the folder of a site that is built already.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "../tests/browser/browser.mjs";
import { queries } from "../tests/search/asked.mjs";
import { script } from "../tests/search/engine.mjs";
import { forEachSite, serve } from "./host.mjs";

const FIRST_SEARCHES = 1000;

/** Queries typed letter by letter. */
const TYPED = 50;

/** Each text is typed so many times, of which the median counts: what else the machine does must not. */
const PASSES = 5;

/** The box's pause, which the figures leave out. */
const PAUSE = 40;

/** Each with an index of its own, as on a page just opened. */
async function firstSearches(page, host, asked) {
  await page.goto(`${host.url}404.html`);
  const joined = /src="([^"]*search[^"]*\.js)"/.exec(await page.content())[1];
  const before = host.sent();
  await page.evaluate((path) => fetch(path).then((answer) => answer.text()), joined);
  const scriptBytes = host.sent() - before;
  await page.evaluate((text) => {
    const { Lookup, fetchFrom } = new Function(`"use strict";${text};return { Lookup, fetchFrom };`)();
    window.firstSearch = async (query) => {
      const lookup = new Lookup(fetchFrom("/lookup/"));
      const { hits } = await lookup.search(query, { most: 8 });
      await lookup.rows(hits.map(({ id }) => id));
    };
  }, script);
  const bytes = [];
  for (const query of asked) {
    const start = host.sent();
    await page.evaluate((text) => window.firstSearch(text), query);
    bytes.push({ value: (host.sent() - start + scriptBytes) / 1024, query });
  }
  return { scriptBytes, bytes };
}

/** Makes the page tell how long each text took, from the end of the pause to rows that are laid out. */
function watchBox(pause) {
  const later = window.setTimeout;
  let start = 0;
  window.setTimeout = (callback, delay, ...values) => {
    if (delay !== pause) return later(callback, delay, ...values);
    return later(() => {
      start = performance.now();
      callback();
    }, 0);
  };
  window.type = (text) => new Promise((resolve) => {
    const panel = document.querySelector(".search-panel");
    const observer = new MutationObserver(() => {
      // Laid out as well.
      panel.getBoundingClientRect();
      const value = performance.now() - start;
      observer.disconnect();
      // The next one is typed once this one is painted.
      requestAnimationFrame(() => later(() => resolve(value), 0));
    });
    observer.observe(panel, { childList: true, subtree: true });
    const input = document.querySelector("[role=combobox]");
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function keystrokes(page, texts) {
  const times = texts.map(() => []);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [place, text] of texts.entries()) times[place].push(await page.evaluate((typed) => window.type(typed), text));
  }
  return texts.map((query, place) => ({ query, value: times[place].sort((a, b) => a - b)[Math.floor(PASSES / 2)] }));
}

function report(what, unit, figures) {
  const sorted = figures.toSorted((a, b) => a.value - b.value);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].value.toFixed(1);
  console.log(`  ${what}: median ${at(0.5)}, 95% ${at(0.95)}, 99% ${at(0.99)}, most ${at(1)} ${unit} of ${sorted.length}`);
  console.log(`    slowest: ${sorted.slice(-3).map(({ value, query }) => `${value.toFixed(1)} ${JSON.stringify(query.slice(0, 60))}`).join(", ")}`);
}

async function measure(site) {
  const items = JSON.parse(await readFile(join(site, "export/dictionary.json"), "utf8")).items;
  const { facets } = JSON.parse(await readFile(join(site, "lookup/core.json"), "utf8"));
  const asked = queries(items, facets, FIRST_SEARCHES, 12);
  const typed = asked.filter((query) => query.trim() !== "").slice(0, TYPED);
  const texts = typed.flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1))).filter((text) => text.trim() !== "");
  const host = await serve(site);
  const browser = await launch();
  const page = await browser.newPage();
  const { scriptBytes, bytes } = await firstSearches(page, host, asked);
  console.log(`${items.length} items; the script is ${scriptBytes} bytes`);
  report("first search", "KiB", bytes);
  await page.addInitScript(watchBox, PAUSE);
  await page.goto(`${host.url}404.html`);
  for (const text of texts) await page.evaluate((typed) => window.type(typed), text);
  report("keystroke", "ms", await keystrokes(page, texts));
  await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
  report("keystroke, slowed four times", "ms", await keystrokes(page, texts));
  await browser.close();
  host.close();
}

await forEachSite(process.argv.slice(2), measure);
