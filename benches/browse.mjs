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

/** Loads of each page; the slowest counts. */
const LOADS = 3;

/** Milliseconds between two letters: longer than the list waits for the next one, so that each letter is answered. */
const LETTER = 150;

const QUERIES = ["users", "count of projects", "monthly status:active", "qqxxzz", "merge -removed"];

const MAX = (figures) => Math.max(0, ...figures);

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
  for (const [name, path] of Object.entries(pages)) {
    const loads = [];
    for (let load = 0; load < LOADS; load += 1) loads.push(await loaded(browser, host.url + path));
    const worst = (key) => MAX(loads.map((load) => load[key])).toFixed(key === "shift" ? 3 : 0);
    console.log(`  ${name}: blocked ${worst("blocked")} ms, longest task ${worst("longest")} ms, first paint ${worst("painted")} ms, shift ${worst("shift")}`);
  }
  for (const [name, path] of [["metrics", pages.metrics], ["a group", group]]) {
    console.log(`  on the page ${name}:`);
    await answered(browser, host.url + path);
  }
  await browser.close();
  host.close();
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
  const step = async (name, act) => {
    await settled(page);
    await page.evaluate(() => window.taken());
    await act();
    await settled(page);
    const { answers, longest, shift } = await page.evaluate(() => window.taken());
    const slowest = answers.toSorted((a, b) => b.duration - a.duration).slice(0, 3).map(({ duration, kind }) => `${duration} ms (${kind})`);
    console.log(`    ${name}: ${answers.length} answered, slowest ${slowest.join(", ")}; longest task ${longest.toFixed(0)} ms, shift ${shift.toFixed(3)}`);
  };
  await step("typing", async () => {
    for (const text of QUERIES) {
      await type(page, input, text);
      await settled(page);
    }
  });
  for (const menu of await page.$$eval("[data-browse] details", (all) => all.map(({ dataset }) => dataset.facet))) {
    const within = `[data-facet="${menu}"]`;
    await search(page, input, "");
    await step(`the menu ${menu}: open, choose, leave out, close`, async () => {
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
  const place = await page.evaluate((wanted) => {
    const found = document.querySelector(wanted);
    if (!found) return null;
    found.scrollIntoView({ block: "nearest", behavior: "instant" });
    const { x, y, width, height } = found.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }, selector);
  if (!place) return;
  await settled(page);
  await page.mouse.click(place.x, place.y);
  await settled(page);
}

await forEachSite(process.argv.slice(2), measure);
