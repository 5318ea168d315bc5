// Search as people use it: type, look, press Enter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { spread } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

/** Everything that the search fetches. */
const INDEX = "**/lookup/**";

/** The parts of a page's search. */
function searchOf(page) {
  const form = page.getByRole("search");
  return {
    form,
    input: form.getByRole("searchbox"),
    status: form.getByRole("status"),
    results: form.getByRole("listitem"),
    links: form.getByRole("link"),
  };
}

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

await overEverySite("search", (site, browser) => {
  for (const kind of ["home", "metrics table", "events table"]) {
    test(`${kind}: part of a name finds it, with owner and data category; Enter opens it`, () => {
      return withPage(browser, {}, async (page, problems) => {
        const metric = await aMetric(page, site);
        await page.goto(new URL(site.pages[kind], site.url).href);
        const { input, results, links } = searchOf(page);
        await input.fill(part(metric.name));
        const result = results.filter({ has: page.getByRole("link", { name: metric.name, exact: true }) });
        await result.waitFor();
        const text = await result.textContent();
        assert(text.includes(metric.owner) && text.includes(metric.category), text);
        const first = await links.first().textContent();
        await input.press("Enter");
        await page.waitForURL(/\/(metrics|events)\/[^/]+\//);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), first);
        assert.deepEqual(problems, []);
      });
    });
  }

  test("a whole name comes first", () => withPage(browser, {}, async (page) => {
    await page.goto(site.url);
    const { input, links } = searchOf(page);
    const live = site.items.filter((item) => item.status === "active");
    for (const item of spread(live, 15)) {
      await input.fill("");
      await links.first().waitFor({ state: "detached" });
      await input.fill(item.name);
      await links.first().waitFor();
      assert.equal(await links.first().textContent(), item.name);
    }
  }));

  test("nonsense finds nothing, and says so", () => withPage(browser, {}, async (page) => {
    await page.goto(site.url);
    const { input, status, links } = searchOf(page);
    await input.fill("qqxxzzqq");
    await status.filter({ hasText: /nothing found/i }).waitFor();
    assert.equal(await links.count(), 0);
    await input.press("Enter");
    assert.equal(page.url(), site.url, "Enter stays where it is");
    await input.fill("");
    await status.filter({ hasNotText: /nothing found/i }).waitFor();
  }));

  test("removed items come after live ones", () => withPage(browser, {}, async (page) => {
    const gone = new Set(site.items.filter((item) => item.status === "removed").map((item) => item.name));
    const words = (names) => new Set([...names].flatMap((name) => name.split(/[^a-z0-9]+/)));
    const live = words(site.items.map((item) => item.name).filter((name) => !gone.has(name)));
    const shared = [...words(gone)].filter((word) => word.length > 2 && live.has(word));
    await page.goto(site.url);
    const { input, links } = searchOf(page);
    let mixed = 0;
    for (const word of shared.slice(0, 20)) {
      await input.fill("");
      await links.first().waitFor({ state: "detached" });
      await input.fill(word);
      await links.first().waitFor();
      const removed = (await links.allTextContents()).map((name) => gone.has(name));
      assert.deepEqual(removed, removed.toSorted(), word);
      if (removed.includes(true) && removed.includes(false)) mixed += 1;
    }
    assert(mixed > 0, "some word finds both, or this test says nothing");
  }));

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
      const { input, links } = searchOf(page);
      await input.pressSequentially("qqxxzzqq");
      await input.fill("");
      await input.pressSequentially(part(metric.name));
      assert.equal(await links.count(), 0, "the index is still on its way");
      release();
      await links.filter({ hasText: metric.name }).first().waitFor();
      assert.equal(await input.inputValue(), part(metric.name));
      assert.deepEqual(problems, []);
    });
  });

  test("an answer to an earlier text does not replace that to the last", () => withPage(browser, {}, async (page) => {
    const metric = await aMetric(page, site);
    // What is asked first comes last.
    let delay = 800;
    await page.route(INDEX, async (route) => {
      delay = Math.max(0, delay - 100);
      await page.waitForTimeout(delay);
      await route.continue();
    });
    await page.goto(site.url);
    const { input, status, links } = searchOf(page);
    await input.pressSequentially(part(metric.name));
    await input.fill("qqxxzzqq");
    await status.filter({ hasText: /nothing found/i }).waitFor();
    // Time for whatever is late.
    await page.waitForTimeout(800);
    assert.equal(await links.count(), 0);
    assert.match(await status.textContent(), /nothing found/i);
  }));

  test("a missing index is said, and fetched again with the next letter", () => withPage(browser, {}, async (page) => {
    await page.route(INDEX, (route) => route.fulfill({ status: 404 }));
    const metric = await aMetric(page, site);
    await page.goto(site.url);
    const { input, status, links } = searchOf(page);
    await input.fill("count");
    await status.filter({ hasText: /could not be loaded/ }).waitFor();
    assert.equal(await links.count(), 0);
    await page.unroute(INDEX);
    await input.fill(part(metric.name));
    await links.filter({ hasText: metric.name }).first().waitFor();
  }));

  test("an index that is lost once the text is gone leaves no message behind", () => {
    return withPage(browser, {}, async (page) => {
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
    });
  });
});
