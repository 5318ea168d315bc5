// How lists load and answer in Chromium with a processor slowed down four times. No part of tests/run:
//
//   (cd tests/browser && npm ci)
//   CHROMIUM=… METRICS_DICTIONARY=target/release/metrics-dictionary node benches/browse.mjs 5000
//
// An argument is a number of definitions to generate, or the folder of a site that is built already.
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "../tests/browser/browser.mjs";
import { forEachSite, serve } from "./host.mjs";
import { settled, watchPage } from "./responses.mjs";

const SLOWED = 4;

/** How often a page is loaded: a page may be laid out in one task or in two, as it arrives, so one load says little. */
const LOADS = 15;

/** How often all is done on a list. Each round is printed: where other things go on, the least is nearest to the truth. */
const ROUNDS = 3;

/** Milliseconds between two letters: longer than the list waits for the next one, so that each letter is answered. */
const LETTER = 150;

const QUERIES = ["users", "count of projects", "monthly status:active", "qqxxzz", "merge -removed"];

async function measure(site) {
  const { documents } = JSON.parse(await readFile(join(site, "lookup/core.json"), "utf8"));
  console.log(`${documents} items, slowed ${SLOWED} times`);
  await reportFiles(site);
  const host = await serve(site);
  const browser = await launch();
  const group = await longestList(site, "groups");
  const pages = {
    "home": "index.html",
    "metrics": "metrics/index.html",
    "a group": group,
    "a shared result": "metrics/index.html?q=status%3Aactive&sort=owner&page=2",
  };
  // What only the first page of a browser waits for is no page's fault.
  await loaded(browser, host.url + pages.home);
  for (const [name, path] of Object.entries(pages)) {
    const rounds = await times(LOADS, () => loaded(browser, host.url + path));
    const spread = (key, digits = 0) => spreadOf(rounds.map((round) => round[key] ?? Infinity), digits);
    console.log(`  ${name}: blocked ${spread("blocked")} ms; first paint ${spread("painted")} ms; index there ${spread("indexed")} ms; shift ${spread("shift", 3)}`);
  }
  for (const [name, path] of [["metrics", pages.metrics], ["a group", group]]) {
    console.log(`  on the page ${name}, slowest of each round:`);
    const rounds = await times(ROUNDS, () => answered(browser, host.url + path));
    for (const step of rounds[0].keys()) {
      const each = (key) => rounds.map((round) => Math.max(0, round.get(step)[key]).toFixed(key === "shift" ? 3 : 0)).join(", ");
      console.log(`    ${step} (${rounds[0].get(step).count}): next paint ${each("slowest")} ms; longest task ${each("longest")} ms; shift ${each("shift")}`);
    }
  }
  await browser.close();
  host.close();
}

/** The median of some numbers, and between what they lie. */
function spreadOf(numbers, digits) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const text = (number) => (Number.isFinite(number) ? number.toFixed(digits) : "never");
  return `${text(sorted[Math.floor(sorted.length / 2)])} (${text(sorted[0])} to ${text(sorted[sorted.length - 1])})`;
}

/** The results of something done so many times. */
async function times(count, act) {
  const results = [];
  for (let time = 0; time < count; time += 1) results.push(await act());
  return results;
}

/** The largest of what pages load, besides what is made to be downloaded or printed. */
async function reportFiles(site) {
  const files = (await readdir(site, { recursive: true })).filter((path) => !/^export|(^|\/)all\.(html|csv)$/.test(path));
  const kinds = { "file of the index": /^lookup\/.*\.json$/, "page": /\.html$/, "script or style": /^assets\// };
  for (const [kind, pattern] of Object.entries(kinds)) {
    const sizes = await Promise.all(files.filter((path) => pattern.test(path)).map(async (path) => ({ path, size: (await stat(join(site, path))).size })));
    const { path, size } = sizes.reduce((most, file) => (file.size > most.size ? file : most));
    console.log(`  largest ${kind}: ${size} bytes, ${path}`);
  }
}

/** The page of the facet's value with the most items. */
async function longestList(site, facet) {
  const values = (await readdir(join(site, facet), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const lists = await Promise.all(values.map(async ({ name }) => {
    const pages = (await readdir(join(site, facet, name))).filter((file) => file.endsWith(".html")).length;
    const path = `${facet}/${name}/index.html`;
    return { path, pages, size: (await stat(join(site, path))).size };
  }));
  return lists.reduce((most, list) => (list.pages - most.pages || list.size - most.size) > 0 ? list : most).path;
}

/** A page with nothing cached on a slow processor, told to report on itself. */
async function opened(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  await page.goto(url, { waitUntil: "load" });
  await settled(page);
  return page;
}

async function loaded(browser, url) {
  const page = await opened(browser, url);
  const seen = await page.evaluate(() => window.taken());
  await page.context().close();
  return seen;
}

/** What people do on a list, and how long until the page is next painted. */
async function answered(browser, url) {
  const page = await opened(browser, url);
  const input = "[data-browse] input[name=q]";
  const steps = new Map();
  const step = async (name, act) => {
    await settled(page);
    await page.evaluate(() => window.taken());
    await act();
    await settled(page);
    const { answers, longest, shift } = await page.evaluate(() => window.taken());
    steps.set(name, { count: answers.length, slowest: Math.max(0, ...answers), longest, shift });
  };
  await step("typing", async () => {
    for (const text of QUERIES) {
      await type(page, input, text);
      await settled(page);
    }
  });
  // Each is opened, a value chosen, left out, and it is closed.
  for (const menu of await page.$$eval("[data-browse] details", (all) => all.map(({ dataset }) => dataset.facet))) {
    const within = `[data-facet="${menu}"]`;
    await search(page, input, "");
    await step(`menu ${menu}`, async () => {
      for (const part of ["summary", "input[type=checkbox]", "li button", "summary"]) await click(page, `${within} ${part}`);
    });
  }
  await search(page, input, "status:active");
  await step("sorting", async () => {
    for (const column of [1, 2, 3, 6, 6, 6]) await click(page, `.results thead th:nth-child(${column}) a`);
  });
  await step("paging", async () => {
    for (const link of ["last-child", "last-child", "first-child"]) await click(page, `.results .paging li:${link} a`);
  });
  await step("Back and forward", async () => {
    for (const by of [-1, -1, -1, 1, 1]) {
      await page.evaluate((steps) => window.travel(steps), by);
      await settled(page);
    }
  });
  await page.context().close();
  return steps;
}

/** Types over what a field holds, letter by letter. */
async function type(page, selector, text) {
  await page.$eval(selector, (field) => { field.focus(); field.select(); });
  await page.keyboard.type(text, { delay: LETTER });
}

/** Gives a list a query at once. */
async function search(page, selector, text) {
  await page.$eval(selector, (field, value) => {
    field.value = value;
    field.form.requestSubmit();
  }, text);
  await settled(page);
}

/** Clicks where an element is, if it is there: what finds and waits for it otherwise runs in the page, and takes its time. */
async function click(page, selector) {
  await settled(page);
  const place = await page.evaluate((wanted) => {
    const found = document.querySelector(wanted);
    if (!found) return null;
    found.scrollIntoView({ block: "nearest", behavior: "instant" });
    const { x, y, width, height } = found.getBoundingClientRect();
    const at = { x: x + width / 2, y: y + height / 2 };
    return found.contains(document.elementFromPoint(at.x, at.y)) ? at : { covered: true };
  }, selector);
  if (place?.covered) throw new Error(`something covers ${selector}`);
  if (!place) return;
  // Where it is painted by now.
  await settled(page);
  await page.mouse.click(place.x, place.y);
  await settled(page);
}

await forEachSite(process.argv.slice(2), measure);
