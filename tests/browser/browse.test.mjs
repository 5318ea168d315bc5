// Lists as people use them where scripts run: narrow, sort, page, go back, share, take along.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { withPage } from "./browser.mjs";
import { SMALL, faults, overflow } from "./measures.mjs";
import { searchOf } from "./searchbox.mjs";
import { overEverySite } from "./suite.mjs";

/** Goes by Tab to what fits a selector, as someone without a mouse does. */
async function tabTo(page, selector) {
  for (let stop = 0; stop < 200; stop += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`no stop is ${selector}`);
}

/** The parts of a page that is a list. */
function listOf(page) {
  const browse = page.locator("[data-browse]");
  const results = page.locator(".results");
  return {
    field: browse.getByRole("searchbox"),
    status: browse.getByRole("status"),
    menu: (name) => browse.locator("details").filter({ has: page.locator("summary", { hasText: new RegExp(`^${name}`) }) }),
    results,
    names: results.locator("tbody th a"),
    whole: page.locator("[data-list]"),
    rows: results.locator("tbody tr"),
  };
}

/** Opens a list and narrows it. */
async function narrowed(page, site, path, query) {
  await page.goto(new URL(path, site.url).href);
  const list = listOf(page);
  await list.field.fill(query);
  await list.results.waitFor();
  return list;
}

const found = (list, text) => list.status.filter({ hasText: text }).waitFor();

/** What the program exports for a query. */
async function exported(site, query, format) {
  const program = resolve(process.env.METRICS_DICTIONARY);
  const { stdout } = await promisify(execFile)(
    program, [...site.options, "export", "--query", query, "--format", format], { maxBuffer: 1 << 28 },
  );
  return stdout;
}

await overEverySite("browse", (site, browser) => {
  const metrics = site.items.filter((item) => item.kind === "metric").length;
  const live = site.items.filter((item) => item.kind === "metric" && item.status === "active");
  const metric = live.find((item) => item.group !== null && item.data_category.length === 1);

  test("words narrow a list, and the whole list comes back without them", () => withPage(browser, {}, async (page, problems) => {
    const list = await narrowed(page, site, "metrics/index.html", metric.name);
    await list.names.filter({ hasText: metric.name }).first().waitFor();
    assert.equal(await list.names.first().textContent(), metric.name, "the whole name comes first");
    assert.equal(await list.whole.isVisible(), false);
    assert.match(page.url(), /\?q=/);
    await list.field.fill("");
    await found(list, String(site.items.filter((item) => item.kind === "metric").length));
    assert(!page.url().includes("?"), page.url());
    assert.deepEqual(problems, []);
  }));

  test("menus choose several values, leave values out, and count what choosing would find", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(new URL("metrics/index.html", site.url).href);
    const list = listOf(page);
    const menu = list.menu("Status");
    await menu.locator("summary").click();
    const option = (name) => menu.locator("li").filter({ has: page.locator(".menu-name", { hasText: new RegExp(`^${name}$`) }) });
    await option("active").waitFor();
    const count = async (name) => Number(await option(name).locator(".menu-count").textContent());
    const [active, removed] = [await count("active"), await count("removed")];
    await option("active").getByRole("checkbox").check();
    await found(list, String(active));
    assert.equal(new URL(page.url()).searchParams.get("q"), "status:active");
    assert.equal(await count("removed"), removed, "the other values keep their counts");
    await option("removed").getByRole("checkbox").check();
    await found(list, String(active + removed));
    await option("active").getByRole("button").click();
    await found(list, String(removed));
    assert.equal(new URL(page.url()).searchParams.get("q"), "status:removed -status:active");
    await menu.press("Escape");
    assert.equal(await menu.getAttribute("open"), null);
    assert.deepEqual(problems, []);
  }));

  for (const first of ["", "/"]) test(`from a cold load of the home page, ${first}and the start of a name show its owner and data category`, () => withPage(browser, {}, async (page, problems) => {
    await page.goto(site.url);
    await page.keyboard.type(first + metric.name.slice(0, -3));
    const hit = searchOf(page).hits.filter({ hasText: metric.name }).first();
    await hit.waitFor();
    const { owner, category } = await hit.evaluate((it) => ({
      owner: it.querySelector(".hit-owner").textContent, category: it.querySelector(".category").textContent,
    }));
    assert.equal(owner.toLowerCase().replace(/\W+/g, "_"), metric.group);
    assert.equal(category, metric.data_category[0]);
    assert.equal(page.url(), site.url, "nobody pressed Enter");
    assert.deepEqual(problems, []);
  }));

  const some = [
    ["Performance indicator", (item) => item.performance_indicator_type.length > 0], ["Findings", (item) => item.findings.length > 0],
  ];
  const facets = [
    "Group", "Data category", "Kind", "Stage", "Section", "Product category", "Tier", "Time frame", "Data source", "Value type", "Milestone",
    "Live or removed", ...some.flatMap(([facet, has]) => (site.items.some(has) ? [facet] : [])),
  ];
  for (const facet of facets) {
    test(`the menu "${facet}" offers values, and finds as many as it says`, () => withPage(browser, {}, async (page) => {
      await page.goto(new URL("index.html?q=kind:metric,event", site.url).href);
      const list = listOf(page);
      await list.results.waitFor();
      const menu = list.menu(facet);
      await menu.locator("summary").click();
      const first = menu.locator("li").first();
      await first.waitFor();
      const count = await first.locator(".menu-count").textContent();
      // Both kinds are chosen: of these it takes the other away.
      const chosen = facet === "Kind" ? menu.locator("li").nth(1) : first;
      await chosen.getByRole("checkbox").click();
      await found(list, new RegExp(`(of ${count}\\.|${count} found)`));
    }));
  }

  test("a long menu is searched by typing", () => withPage(browser, {}, async (page) => {
    await page.goto(new URL("metrics/index.html", site.url).href);
    const menu = listOf(page).menu("Group");
    await menu.locator("summary").click();
    const field = menu.getByRole("searchbox");
    await field.waitFor();
    const name = await menu.locator(".menu-name").last().textContent();
    await field.fill(name);
    assert((await menu.locator(".menu-name").allTextContents()).includes(name));
    await field.fill("qqxxzz");
    await menu.getByText("No such value").waitFor();
  }));

  test("columns sort, the other way round, and not at all; removed ones stay last", () => withPage(browser, {}, async (page) => {
    await page.goto(new URL("metrics/index.html", site.url).href);
    const list = listOf(page);
    await list.whole.getByRole("columnheader", { name: "Status" }).getByRole("link").click();
    await list.results.locator("[aria-sort=ascending]").waitFor();
    const head = (name) => list.results.getByRole("columnheader", { name });
    const column = () => list.rows.locator("td:nth-child(2)").allTextContents();
    const statuses = () => list.rows.locator("td:nth-child(4)").allTextContents();
    await head("Owner").getByRole("link").click();
    await list.results.locator("[aria-sort=ascending]").waitFor();
    const ascending = await column();
    await head("Owner").getByRole("link").click();
    await list.results.locator("[aria-sort=descending]").waitFor();
    assert.notDeepEqual(await column(), ascending);
    const removed = (await statuses()).map((status) => status === "removed");
    assert.deepEqual(removed, removed.toSorted());
    assert.match(page.url(), /sort=-owner/);
    await head("Owner").getByRole("link").click();
    await page.waitForURL((url) => !url.search.includes("sort"));
  }));

  test("pages are turned, and each begins where the list does", () => withPage(browser, {}, async (page) => {
    await page.goto(new URL("index.html?q=kind:metric,event", site.url).href);
    const list = listOf(page);
    const turn = (name) => list.results.getByRole("navigation").getByRole("link", { name, exact: true });
    await turn("Next").click();
    await found(list, "101 to ");
    await page.waitForFunction(() => Math.abs(document.querySelector("[data-browse]").getBoundingClientRect().top) < 2);
    const second = await list.names.first().textContent();
    await page.keyboard.press("Tab");
    assert(await page.evaluate(() => document.activeElement.closest(".results") !== null), "the keyboard stays at the list");
    await turn("Previous").click();
    await found(list, "1 to 100");
    assert.notEqual(await list.names.first().textContent(), second);
    await turn("2").click();
    await found(list, "101 to ");
    assert.equal(await list.names.first().textContent(), second);
  }));

  test("Back goes back, with the query, the order and the place", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "kind:metric");
    await list.results.getByRole("columnheader", { name: "Status" }).getByRole("link").click();
    await list.results.locator("[aria-sort=ascending]").waitFor();
    await page.mouse.wheel(0, 600);
    await page.waitForFunction(() => scrollY > 300);
    await list.rows.nth(12).locator("td a").first().click();
    await page.waitForURL(/group/);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("group"));
    await list.results.locator("[aria-sort=ascending]").waitFor();
    await page.waitForFunction(() => scrollY > 300);
    assert.equal(await list.field.inputValue(), "kind:metric");
  }));

  test("Back right after a step takes the step back", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "kind:metric");
    const step = list.rows.first().locator("td a").first();
    await step.waitFor();
    await step.evaluate(async (link) => {
      const frame = globalThis.requestAnimationFrame;
      const held = [];
      globalThis.requestAnimationFrame = (callback) => held.push(callback);
      link.click();
      const back = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
      history.back();
      await back;
      globalThis.requestAnimationFrame = frame;
      for (const callback of held) frame(callback);
    });
    await page.waitForTimeout(500);
    assert.equal(await list.field.inputValue(), "kind:metric");
    await found(list, metrics > 100 ? "1 to 100" : " found");
    assert.equal(await list.rows.count(), Math.min(100, metrics));
  }));

  test("Back from an item goes to where it stood in the list", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "kind:metric");
    const link = list.names.nth(70);
    await link.scrollIntoViewIfNeeded();
    const [name, top] = [await link.textContent(), await page.evaluate(() => scrollY)];
    assert(top > 1000);
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/metrics\/[^/?]+\/index\.html/);
    await page.goBack();
    await page.waitForFunction((text) => document.activeElement.textContent === text, name);
    assert(Math.abs(await page.evaluate(() => scrollY) - top) < 50, "it is scrolled to the same place");
    assert.equal(await list.rows.count(), Math.min(100, metrics));
  }));

  test("an address is shared as it is, and one beyond the last page shows the last", () => withPage(browser, {}, async (page) => {
    await page.goto(new URL(`metrics/index.html?q=${encodeURIComponent(`status:active`)}&sort=-name&page=999`, site.url).href);
    const list = listOf(page);
    const expected = live.map((item) => item.name).sort((a, b) => (a < b ? 1 : -1));
    await list.rows.nth((expected.length - 1) % 100).waitFor();
    const names = await list.names.allTextContents();
    assert(expected.includes(names[0]));
    assert.equal(names[names.length - 1], expected[expected.length - 1]);
  }));

  test("links of earlier dictionaries keep working", () => withPage(browser, {}, async (page) => {
    for (const [address, query] of [["?q=user&status=removed", "user status:removed"], ["events/index.html?category=none", "category:none"], ["snowplow/index.html?q=user", "user"]]) {
      await page.goto(new URL(address, site.url).href);
      await listOf(page).results.waitFor();
      assert.equal(await listOf(page).field.inputValue(), query);
    }
    assert.match(page.url(), /\/events\/index\.html\?q=user$/);
  }));

  test("a result without hits leads out", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", `group:${metric.group} status:nosuch`);
    await found(list, "No status is called");
    await list.results.getByRole("link", { name: /^Without status:nosuch/ }).click();
    await list.names.first().waitFor();
    assert.equal(await list.field.inputValue(), `group:${metric.group}`);
    await list.field.fill("status:nosuch stage:nosuch");
    await list.results.getByRole("link", { name: "Show everything" }).click();
    await list.names.first().waitFor();
    assert.equal(await list.field.inputValue(), "");
  }));

  test("a filter that does not exist is said, and put right with a click", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "stats:active");
    await found(list, "stats: is no filter");
    await page.locator("[data-browse]").getByRole("link", { name: "Search for status:active" }).click();
    await page.waitForURL((url) => url.searchParams.get("q") === "status:active");
    await found(list, String(live.length));
  }));

  test("where the index is late the list is there, and it is said that a search takes its time", () => withPage(browser, {}, async (page, problems) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route("**/lookup/**", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(new URL(`metrics/index.html?q=${metric.name}`, site.url).href);
    const list = listOf(page);
    await list.whole.locator("tbody tr").first().waitFor();
    await found(list, "Searching…");
    release();
    await list.names.filter({ hasText: metric.name }).first().waitFor();
    assert.equal(await list.whole.isVisible(), false);
    assert.deepEqual(problems, []);
  }));

  test("a menu at the lower edge of the window opens within it", () => withPage(browser, { viewport: { width: 1280, height: 400 } }, async (page) => {
    await page.goto(new URL(site.pages["data category"], site.url).href);
    const summary = listOf(page).menu("Group").locator("summary");
    await summary.evaluate((it) => it.scrollIntoView({ block: "end", behavior: "instant" }));
    await summary.click();
    const box = page.getByRole("checkbox").first();
    await box.waitFor();
    await page.waitForFunction(() => document.querySelector(".menu").getBoundingClientRect().bottom <= innerHeight);
  }));

  test("an owner in the table narrows to it; removed ones can be left out", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "kind:metric");
    await page.locator("[data-browse]").getByRole("link", { name: /Leave out/ }).click();
    await page.waitForURL(/removed/);
    await page.locator("[data-browse]").getByRole("link", { name: /Leave out/ }).waitFor({ state: "detached" });
    const link = list.rows.first().locator("td a").first();
    const owner = await link.textContent();
    await link.click();
    await page.waitForURL(/group/);
    await list.rows.locator("td:nth-child(2)").filter({ hasNotText: owner }).first().waitFor({ state: "detached" });
    assert.deepEqual([...new Set(await list.rows.locator("td:nth-child(2)").allTextContents())], [owner]);
  }));

  test("CSV and JSON are what the program exports; names and link are copied", () => {
    return withPage(browser, { permissions: ["clipboard-read", "clipboard-write"] }, async (page, problems) => {
      const query = "user -is:removed";
      const list = await narrowed(page, site, "metrics/index.html", query);
      await list.names.first().waitFor();
      for (const [button, format] of [["CSV", "csv"], ["JSON", "json"]]) {
        const [saved] = await Promise.all([
          page.waitForEvent("download"), page.locator(`[data-take=${format}]`).click(),
        ]);
        const text = await readFile(await saved.path(), "utf8");
        assert.equal(text, await exported(site, `kind:metric ${query}`, format), button);
      }
      await page.locator("[data-take=names]").click();
      await page.getByText("Copied").waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.deepEqual(copied.trim().split("\n"), await list.names.allTextContents());
      await page.locator("[data-take=link]").click();
      await page.waitForFunction(async () => (await navigator.clipboard.readText()) === location.href);
      assert.deepEqual(problems, []);
    });
  });

  test("the page of a group is a list of its own", () => withPage(browser, {}, async (page) => {
    const list = await narrowed(page, site, site.pages.group, "kind:metric,event");
    await list.rows.first().waitFor();
    assert.equal(await list.menu("Group").isVisible(), false);
    const owners = new Set(await list.rows.locator("td:nth-child(2)").allTextContents());
    assert.equal(owners.size, 1);
  }));

  test("odd queries do no harm", () => withPage(browser, {}, async (page, problems) => {
    const odd = ["x".repeat(5000), "שלום group:עברית", "度量 指标", "<img src=x onerror=alert(1)>", "constructor __proto__", "nosuch:thing", "\"", "-", "group:\"", "a OR OR"];
    await page.goto(new URL("metrics/index.html", site.url).href);
    const list = listOf(page);
    for (const query of odd) {
      await list.field.fill(query);
      await page.waitForFunction((wanted) => new URLSearchParams(location.search).get("q") === wanted, query);
      await list.status.filter({ hasText: /\./ }).waitFor();
    }
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(problems, []);
  }));

  test("from a disk", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(`${pathToFileURL(`${site.folder}/metrics/index.html`)}?q=${encodeURIComponent(metric.name)}`);
    await listOf(page).names.first().waitFor();
    assert.equal(await listOf(page).names.first().textContent(), metric.name);
    assert.deepEqual(problems, []);
  }));

  test("where the address asks for a part of a list, the whole list shows only if that part is not found soon", async () => {
    const address = new URL(`metrics/index.html?q=${encodeURIComponent(metric.name)}`, site.url).href;
    const wholeShows = (page) => page.locator("[data-list] tbody tr").first().evaluate((row) => row.checkVisibility());
    await withPage(browser, {}, async (page) => {
      await page.addInitScript(() => {
        const look = () => { window.shownAtFirst = document.querySelector("[data-list] tbody tr").checkVisibility(); };
        document.addEventListener("DOMContentLoaded", look);
      });
      await page.goto(address);
      await listOf(page).names.first().waitFor();
      assert.equal(await page.evaluate(() => window.shownAtFirst), false);
    });
    await withPage(browser, {}, async (page) => {
      await page.route("**/lookup/core.json", (route) => route.fulfill({ status: 404 }));
      await page.goto(address);
      await found(listOf(page), "could not be loaded");
      assert.equal(await wholeShows(page), true);
    });
    await withPage(browser, {}, async (page) => {
      await page.route("**/assets/browse.*.js", (route) => route.abort());
      await page.goto(address);
      assert.equal(await wholeShows(page), true);
    });
  });

  test("without scripts there is the list alone", () => withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(new URL("metrics/index.html?q=user", site.url).href);
    assert.equal(await page.locator("[data-browse]").isVisible(), false);
    assert(await page.locator("[data-list] tbody tr").count() > 0);
  }));

  test("by the keyboard alone, from loading a list to the page of an item", () => withPage(browser, {}, async (page) => {
    await page.goto(new URL("metrics/index.html", site.url).href);
    await tabTo(page, "[data-browse] [type=search]");
    await page.keyboard.type(metric.name);
    const list = listOf(page);
    await list.names.filter({ hasText: metric.name }).first().waitFor();
    await tabTo(page, "[data-facet=status] summary");
    await page.keyboard.press("Enter");
    await list.menu("Status").locator("li").first().waitFor();
    await tabTo(page, "[data-facet=status] [type=checkbox]");
    await page.keyboard.press("Space");
    await page.waitForURL(/status/);
    assert(await page.evaluate(() => document.activeElement.matches("[type=checkbox]:checked")), "the focus stays on what was chosen");
    await page.keyboard.press("Escape");
    await tabTo(page, ".results tbody th a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/metrics\/[^/?]+\/index\.html/);
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), metric.name);
  }));

  const forms = [
    ["light", {}], ["dark", { colorScheme: "dark" }], ["dark and small", { colorScheme: "dark", viewport: SMALL }], ["small", { viewport: SMALL }],
    ["forced colours", { forcedColors: "active" }],
  ];
  for (const [form, options] of forms) {
    test(`nothing stands in anyone's way, whichever menu is open: ${form}`, () => withPage(browser, options, async (page) => {
      const list = await narrowed(page, site, "metrics/index.html", "user -status:removed");
      await list.names.first().waitFor();
      const more = page.getByRole("button", { name: "More filters" });
      if (await more.isVisible()) await more.click();
      assert.deepEqual(await faults(page), []);
      for (const menu of await page.locator("[data-browse] details").all()) {
        await menu.locator("summary").click();
        await menu.locator("li").first().waitFor();
        assert.deepEqual(await faults(page, "[data-browse]"), []);
        assert.deepEqual(await overflow(page), []);
        await menu.press("Escape");
      }
    }));
  }

  test("in forced colours what is chosen can be told from what is not", () => withPage(browser, { forcedColors: "active" }, async (page) => {
    const list = await narrowed(page, site, "metrics/index.html", "-status:removed status:active");
    await list.names.first().waitFor();
    const look = (locator) => locator.evaluate((it) => {
      const { fontWeight, borderColor, color, textDecorationLine } = getComputedStyle(it);
      return { fontWeight, borderColor, color, textDecorationLine };
    });
    assert.equal(await list.menu("Status").locator("summary").textContent(), "Status (2)");
    await list.menu("Status").locator("summary").click();
    const row = (name) => list.menu("Status").locator("li").filter({ hasText: name });
    await row("removed").waitFor();
    assert.notDeepEqual(await look(row("removed").getByRole("button")), await look(row("active").getByRole("button")));
    assert.notDeepEqual(await look(row("removed").locator(".menu-name")), await look(row("active").locator(".menu-name")));
  }));
});
