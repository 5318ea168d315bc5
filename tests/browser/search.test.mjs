// Search as people use it: type, look, press Enter.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";
import { mount } from "./files.mjs";
import { SMALL, WIDE, faults, overflow, spread } from "./measures.mjs";
import { searchOf } from "./searchbox.mjs";
import { overEverySite } from "./suite.mjs";

/** Everything that the search fetches. */
const INDEX = "**/lookup/**";

const NONSENSE = "qqxxzzqq";

/** The cells of the first live row of the table of metrics: what a reader knows of one metric. */
async function aMetric(page, site) {
  await page.goto(new URL(site.pages["metrics table"], site.url).href);
  const row = page.locator("main table tbody tr").filter({ hasText: "active" }).first();
  const name = await row.getByRole("rowheader").getByRole("link").textContent();
  const [owner, category] = await row.getByRole("cell").allTextContents();
  return { name, owner, category };
}

/** A name without its last letters, and without its separators: what someone types who half remembers it. */
function part(name) {
  return name.slice(0, -2).replace(/[._/]+/g, " ");
}

/** What there is most of. */
function mostCommon(all) {
  const counts = new Map();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

/** Which option the keyboard is on, by what a reader of the screen is told; -1 for none. */
function active(page) {
  return page.evaluate(() => {
    const input = document.querySelector("[role=combobox]");
    const options = [...document.querySelectorAll("[role=option]")];
    const selected = options.flatMap((option, place) => (option.getAttribute("aria-selected") === "true" ? [place] : []));
    const id = input.getAttribute("aria-activedescendant");
    const place = id === null ? -1 : options.indexOf(document.getElementById(id));
    return String(selected) === (place < 0 ? "" : String(place)) ? place : `${id} is not ${selected}`;
  });
}

await overEverySite("search", (site, browser) => {
  const at = (kind) => new URL(site.pages[kind], site.url).href;
  const live = site.items.filter((item) => item.status === "active");
  const word = mostCommon(live.flatMap(({ name }) => name.split(/[^a-z]+/)).filter((each) => each.length > 4));
  const group = mostCommon(live.map((item) => item.group).filter(Boolean));
  const nameOf = (hit) => hit.locator(".hit-name").evaluate((it) => it.lastChild && it.textContent.replace(/^(metric|event) /, ""));
  const open = (name, options, use) => test(name, () => withPage(browser, options, async (page, problems) => {
    await page.goto(site.url);
    await use(page, searchOf(page), problems);
    assert.deepEqual(problems, []);
  }));

  for (const kind of ["home", "metrics table", "metric", "guide chapter"]) {
    test(`${kind}: part of a name finds it, with owner and data category; Enter opens the first hit`, () => {
      return withPage(browser, {}, async (page, problems) => {
        const metric = await aMetric(page, site);
        await page.goto(at(kind));
        const { input, hits } = searchOf(page);
        await input.fill(part(metric.name));
        const hit = hits.filter({ hasText: metric.name }).first();
        await hit.waitFor();
        const text = await hit.textContent();
        assert(text.includes(metric.owner) && text.includes(metric.category), text);
        const first = await nameOf(hits.first());
        await input.press("Enter");
        await page.waitForURL(/\/(metrics|events)\/[^/]+\//);
        await page.getByRole("heading", { level: 1 }).filter({ hasText: first }).waitFor();
        assert.deepEqual(problems, []);
      });
    });
  }

  open("a whole name comes first", {}, async (page, { hits, search }) => {
    for (const item of spread(live, 15)) {
      await search(item.name);
      assert.equal(await nameOf(hits.first()), item.name);
    }
  });

  open("nonsense finds nothing, and says so", {}, async (page, { input, status, options, search }) => {
    await search(NONSENSE);
    assert.match(await status.textContent(), /nothing found/i);
    assert.equal(await options.count(), 0);
    await input.press("Enter");
    assert.equal(page.url(), site.url, "Enter stays where it is");
    await input.fill("");
    await status.filter({ hasNotText: /nothing found/i }).waitFor({ state: "attached" });
  });

  open("removed items come after live ones", {}, async (page, { hits, search }) => {
    const gone = new Set(site.items.filter((item) => item.status === "removed").map((item) => item.name));
    const words = (names) => new Set([...names].flatMap((name) => name.split(/[^a-z0-9]+/)));
    const others = words(site.items.map((item) => item.name).filter((name) => !gone.has(name)));
    const shared = [...words(gone)].filter((each) => each.length > 2 && others.has(each));
    let mixed = 0;
    for (const each of shared.slice(0, 20)) {
      await search(each);
      const removed = await hits.evaluateAll((all) => all.map((hit) => hit.matches(".hit-removed")));
      assert.deepEqual(removed, removed.toSorted(), each);
      if (removed.includes(true) && removed.includes(false)) mixed += 1;
    }
    assert(mixed > 0, "some word finds both, or this test says nothing");
  });

  open("a hit that stays is not drawn anew, and the hits begin at the top again", { viewport: { width: 1280, height: 400 } }, async (page, { input, hits, list, search }) => {
    await search(word);
    await hits.first().evaluate((it) => { it.drawn = true; });
    await list.evaluate((it) => { it.scrollTop = it.scrollHeight; });
    assert(await list.evaluate((it) => it.scrollTop > 0));
    await input.fill(`${word}.`);
    await page.waitForFunction(() => document.querySelector("[role=listbox]").scrollTop === 0);
    assert(await hits.first().evaluate((it) => it.drawn));
  });

  test("what is typed while the index is on its way is kept, and found", () => {
    return withPage(browser, {}, async (page, problems) => {
      const metric = await aMetric(page, site);
      let release;
      const released = new Promise((resolve) => { release = resolve; });
      await page.route(INDEX, async (route) => {
        await released;
        await route.continue();
      });
      await page.goto(site.url);
      const { input, hits, options, status } = searchOf(page);
      await input.pressSequentially(NONSENSE);
      await input.fill("");
      await input.pressSequentially(part(metric.name));
      await status.filter({ hasText: "Searching…" }).waitFor();
      assert.equal(await options.count(), 0, "the index is still on its way");
      release();
      await hits.filter({ hasText: metric.name }).first().waitFor();
      assert.equal(await input.inputValue(), part(metric.name));
      assert.deepEqual(problems, []);
    });
  });

  test("what is typed before the script runs is searched for", () => withPage(browser, {}, async (page) => {
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    await page.route("**/assets/search*.js", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(site.url, { waitUntil: "commit" });
    const { input, hits } = searchOf(page);
    await input.pressSequentially(word);
    release();
    await hits.first().waitFor();
    assert.equal(await input.inputValue(), word);
  }));

  open("an answer to an earlier text does not replace that to the last", {}, async (page, { input, status, options }) => {
    // What is asked first comes last.
    let delay = 800;
    await page.route(INDEX, async (route) => {
      delay = Math.max(0, delay - 100);
      await page.waitForTimeout(delay);
      await route.continue();
    });
    await input.pressSequentially(word, { delay: 60 });
    await input.fill(NONSENSE);
    await status.filter({ hasText: /nothing found/i }).waitFor();
    // Time for whatever is late.
    await page.waitForTimeout(800);
    assert.equal(await options.count(), 0);
    assert.match(await status.textContent(), /nothing found/i);
  });

  test("a missing index is said, and fetched again with the next letter", () => withPage(browser, {}, async (page) => {
    await page.route(INDEX, (route) => route.fulfill({ status: 404 }));
    await page.goto(site.url);
    const { input, status, options, hits } = searchOf(page);
    await input.pressSequentially(word.slice(0, -1));
    await status.filter({ hasText: /could not be loaded/ }).waitFor();
    assert.equal(await options.count(), 0);
    await page.unroute(INDEX);
    await input.pressSequentially(word.slice(-1));
    await hits.first().waitFor();
  }));

  test("an index that is lost once the text is gone leaves no message behind", () => withPage(browser, {}, async (page) => {
    await page.route(INDEX, async (route) => {
      await page.waitForTimeout(300);
      await route.fulfill({ status: 404 });
    });
    await page.goto(site.url);
    const { input, status } = searchOf(page);
    const answer = page.waitForResponse(INDEX);
    await input.fill("count");
    await input.fill("");
    await answer;
    await page.waitForTimeout(100);
    assert.equal(await status.textContent(), "");
  }));

  test("a new build that is published between two letters is searched", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
    t.after(() => rm(folder, { recursive: true }));
    await cp(site.folder, folder, { recursive: true });
    const host = await mount(folder, "/");
    t.after(host.close);
    await withPage(browser, {}, async (page) => {
      // Nothing is loaded ahead, so that each letter needs a file.
      await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
      await page.goto(host.url);
      const { input, hits } = searchOf(page);
      await input.pressSequentially(word.slice(0, 2));
      await hits.first().waitFor();
      for (const suffix of ["json", "js"]) {
        const path = join(folder, `lookup/core.${suffix}`);
        const text = await readFile(path, "utf8");
        const [, old] = /"words":"([^"]+)"/.exec(text);
        await cp(join(site.folder, "lookup", old), join(folder, "lookup/published"), { recursive: true });
        await writeFile(path, text.replace(old, "published"));
        await rm(join(folder, "lookup", old), { recursive: true, force: true });
      }
      const { name } = live.find((item) => !item.name.includes(word));
      await input.fill(name);
      await hits.first().filter({ hasText: name }).waitFor();
      assert.equal(await nameOf(hits.first()), name);
    });
  });

  for (const key of ["/", "Control+k", "Meta+k"]) {
    open(`${key} goes to the box`, {}, async (page, { input }) => {
      await page.locator("main a").first().focus();
      await page.keyboard.press(key);
      assert(await input.evaluate((it) => it === document.activeElement));
      assert.equal(await input.inputValue(), "");
      await page.keyboard.type("a/b");
      assert.equal(await input.inputValue(), "a/b", "in the box / is a letter");
      await input.blur();
      await page.keyboard.press(key);
      await page.keyboard.type("c");
      assert.equal(await input.inputValue(), "c", "the text is selected");
    });
  }

  open("arrows go through the hits and round", {}, async (page, { input, options, list, search }) => {
    assert.equal(await input.getAttribute("aria-expanded"), "false");
    assert.equal(await input.getAttribute("aria-controls"), await list.getAttribute("id"));
    await search(word);
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    const count = await options.count();
    assert(count > 2);
    assert.equal(await active(page), -1);
    for (let place = 0; place < count; place += 1) {
      await input.press("ArrowDown");
      assert.equal(await active(page), place);
    }
    const seen = await options.last().evaluate((it) => {
      const [option, box] = [it, it.parentElement].map((each) => each.getBoundingClientRect());
      return option.top >= box.top - 1 && option.bottom <= box.bottom + 1;
    });
    assert(seen, "the last one is scrolled into sight");
    await input.press("ArrowDown");
    assert.equal(await active(page), -1, "behind the last one comes the text");
    await input.press("ArrowDown");
    assert.equal(await active(page), 0);
    await input.press("ArrowUp");
    await input.press("ArrowUp");
    assert.equal(await active(page), count - 1);
    assert.equal(await input.inputValue(), word, "the text stays");
    assert(await input.evaluate((it) => it === document.activeElement), "and so does the focus");
    // It leads to all hits as a list.
    await input.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("q") === word);
    await page.locator(".results tbody tr").nth(count - 1).waitFor();
  });

  open("Escape closes the hits, then empties the box; an arrow opens them", {}, async (page, { input, list, search }) => {
    await search(word);
    await input.press("Escape");
    assert.equal(await list.isVisible(), false);
    assert.equal(await input.getAttribute("aria-expanded"), "false");
    assert.equal(await input.inputValue(), word);
    await input.press("ArrowDown");
    assert.equal(await list.isVisible(), true);
    assert.equal(await active(page), 0);
    await input.press("Escape");
    assert.equal(await active(page), -1);
    await input.press("Escape");
    assert.equal(await input.inputValue(), "");
    assert.equal(await list.isVisible(), false);
  });

  open("hits close when the focus goes elsewhere, and open when it is back", {}, async (page, { input, list, search }) => {
    await search(word);
    await page.keyboard.press("Tab");
    assert.equal(await list.isVisible(), false);
    await input.focus();
    assert.equal(await list.isVisible(), true);
  });

  open("Enter before the hits are there goes to the first one once they are", {}, async (page, { input, options }) => {
    const { name } = live[0];
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    await page.route(INDEX, async (route) => {
      await released;
      await route.continue();
    });
    await input.fill(name);
    await input.press("Enter");
    assert.equal(await options.count(), 0);
    release();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
  });

  open("a click opens a hit, a middle click opens it in a tab of its own", {}, async (page, { hits, search }) => {
    await search(word);
    const hit = hits.nth(1);
    const name = await nameOf(hit);
    const [tab] = await Promise.all([page.context().waitForEvent("page"), hit.click({ button: "middle" })]);
    await tab.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
    await tab.close();
    assert.equal(page.url(), site.url);
    await hit.click();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
  });

  for (const choose of ["Enter", "click"]) {
    open(`what a value could mean is proposed, and chosen: ${choose}`, {}, async (page, { input, status, options, proposals, hits, search }) => {
      await search(`group:${group.slice(0, -2)}`);
      assert.match(await status.textContent(), /^No group is called .*Nothing found/);
      assert.equal(await hits.count(), 0);
      assert.equal(await options.count(), await proposals.count());
      const wanted = await proposals.locator(".proposed").allTextContents();
      const place = wanted.findIndex((text) => text.replaceAll('"', "") === `group:${group}`);
      assert(place >= 0, `${wanted}`);
      if (choose === "click") {
        await proposals.nth(place).click();
      } else {
        for (let step = 0; step <= place; step += 1) await input.press("ArrowDown");
        await input.press("Enter");
      }
      await hits.first().waitFor();
      assert.equal(await input.inputValue(), wanted[place]);
      assert(await input.evaluate((it) => it === document.activeElement));
      assert.equal(page.url(), site.url);
    });
  }

  open("a misspelt word is put right, and that is said", {}, async (page, { status, proposals, hits, search }) => {
    const misspelt = `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4)}`;
    await search(misspelt);
    assert((await status.textContent()).startsWith(`Nothing has ${misspelt}; these have a word like it. `), await status.textContent());
    assert(await hits.count() > 0);
    assert.equal(await proposals.first().textContent(), `Search for ${word}`);
  });

  open("how many hits there are is announced", {}, async (page, { status, hits, search }) => {
    await search(word);
    const [, total] = /^(\d+) hits/.exec(await status.textContent());
    assert(Number(total) >= await hits.count());
    await search(live[0].name.slice(0, 3));
    assert.notEqual(await status.textContent(), "");
  });

  open("only words that were found are marked", {}, async (page, { hits, search }) => {
    await search(word);
    const marks = await hits.locator("mark").allTextContents();
    assert(marks.length > 0);
    // Words of a name can be one word of the query side by side.
    assert.deepEqual(marks.filter((mark) => !mark.toLowerCase().startsWith(word)), []);
  });

  test("from disk it finds, and Enter opens", () => withPage(browser, {}, async (page, problems) => {
    for (const kind of ["home", "metric"]) {
      await page.goto(pathToFileURL(join(site.folder, site.pages[kind])).href);
      const { input, hits } = searchOf(page);
      await input.fill(word);
      await hits.first().waitFor();
      const name = await nameOf(hits.first());
      await input.press("Enter");
      await page.waitForURL(/^file:.*\/(metrics|events)\/[^/]+\/index\.html$/);
      await page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
    }
    assert.deepEqual(problems, []);
  }));

  test("without JavaScript a link to the lists takes its place", () => {
    return withPage(browser, { javaScriptEnabled: false }, async (page) => {
      for (const kind of ["home", "metric", "metrics table"]) {
        await page.goto(at(kind));
        assert.equal(await searchOf(page).input.isVisible(), false);
        await page.getByRole("link", { name: "All metrics" }).first().click();
        await page.waitForURL("**/metrics/index.html");
      }
    });
  });

  const CONDITIONS = {
    "light": { colorScheme: "light", viewport: WIDE },
    "dark, on a small screen": { colorScheme: "dark", viewport: SMALL },
    "forced colours": { forcedColors: "active", viewport: WIDE },
  };
  for (const [condition, options] of Object.entries(CONDITIONS)) {
    for (const kind of ["home", "metric"]) {
      test(`${kind}: open, it is accessible and fits; ${condition}`, () => withPage(browser, options, async (page, problems) => {
        await page.goto(at(kind));
        const { input, panel, search } = searchOf(page);
        for (const query of [word, `group:${group.slice(0, -2)}`, NONSENSE]) {
          await search(query);
          await input.press("ArrowDown");
          const { x, width } = await panel.boundingBox();
          assert(x >= 0 && x + width <= options.viewport.width, `${x} + ${width}`);
          assert.deepEqual({ faults: await faults(page, "[role=search]"), overflow: await overflow(page) }, { faults: [], overflow: [] }, query);
        }
        assert.deepEqual(problems, []);
      }));
    }
  }

  test("the head of a page is one line at 1280 px", () => withPage(browser, { viewport: WIDE }, async (page) => {
    await page.goto(at("metric"));
    const { input } = searchOf(page);
    const [brand, box] = [await page.locator(".brand").boundingBox(), await input.boundingBox()];
    assert(Math.abs(brand.y + brand.height / 2 - box.y - box.height / 2) < 4);
    assert((await page.locator("header.top").boundingBox()).height < 70);
  }));
}, { concurrency: 2 });
