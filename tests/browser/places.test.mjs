// The built folder, wherever it ends up: without JavaScript, opened from disk, below a path of another site.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";
import { mount } from "./files.mjs";
import { searchOf } from "./searchbox.mjs";
import { overEverySite } from "./suite.mjs";

/** The links of the home page to the tables of everything, such as "119 metrics". */
const METRICS = /^\d+\s+metrics$/;
const EVENTS = /^\d+\s+events$/;

/** From the home page through a table to an item, by clicks. */
async function walk(page, link) {
  await page.getByRole("main").getByRole("link", { name: link }).click();
  const rows = page.locator("main table tbody tr");
  await rows.nth(10).waitFor();
  const first = rows.first().getByRole("rowheader").getByRole("link");
  const name = await first.textContent();
  await first.click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
  await page.locator("dl dd").nth(3).waitFor();
}

/** From anywhere back to the home page, by a click. */
async function goHome(page) {
  await page.getByRole("banner").getByRole("link").first().click();
  await page.getByRole("main").getByRole("link", { name: METRICS }).waitFor();
}

await overEverySite("places", (site, browser) => {
  test("without JavaScript everything but the search is there", () => {
    return withPage(browser, { javaScriptEnabled: false }, async (page, problems) => {
      for (const path of Object.values(site.pages)) {
        await page.goto(new URL(path, site.url).href);
        assert.equal(await page.getByRole("heading", { level: 1 }).isVisible(), true, path);
        assert.equal(await page.getByRole("combobox").isVisible(), false, path);
        assert.equal(await page.getByRole("button").count(), 0, `${path}: nothing that only a script can do`);
      }
      await page.goto(site.url);
      await walk(page, METRICS);
      await goHome(page);
      await walk(page, EVENTS);
      await goHome(page);
      assert.deepEqual(problems, []);
    });
  });

  test("from disk, links work and nothing is wrong on load", () => withPage(browser, {}, async (page, problems) => {
    for (const path of Object.values(site.pages)) {
      await page.goto(pathToFileURL(join(site.folder, path)).href);
    }
    await page.goto(pathToFileURL(join(site.folder, "index.html")).href);
    await walk(page, METRICS);
    await goHome(page);
    await walk(page, EVENTS);
    await goHome(page);
    assert.deepEqual(problems, []);
  }));

  test("below a path of another site every page and the search work", async (t) => {
    const host = await mount(site.folder, "/some/sub/path/");
    t.after(host.close);
    await withPage(browser, {}, async (page, problems) => {
      for (const path of Object.values(site.pages)) {
        await page.goto(new URL(path, host.url).href);
      }
      await page.goto(host.url);
      await walk(page, EVENTS);
      await goHome(page);
      const { name, url } = site.items.find((item) => item.kind === "metric" && item.status === "active");
      const { hits, search } = searchOf(page);
      await search(name);
      await hits.first().click();
      await page.waitForURL(new URL(`${url}index.html`, host.url).href);
      assert.deepEqual(problems, []);
    });
  });
});
