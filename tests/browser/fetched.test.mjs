// What pages fetch is called so that no ad blocker keeps it out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

/** Words that the common lists match in addresses. */
const BLOCKED = /metric|event|analytic|track|telemetry|snowplow|beacon|pixel|stats|(^|[^a-z])ads?([^a-z]|$)/i;

await overEverySite("fetched", (site, browser) => {
  test("no address of what a page fetches has a word that ad blockers look for", () => withPage(browser, {}, async (page, problems) => {
    /** @type {Set<string>} */
    const fetched = new Set();
    page.on("request", (request) => {
      const path = request.url().slice(site.url.length);
      // What `serve` adds to pages asks it, by a page's path, whether the page has changed; no published site does.
      if (!request.isNavigationRequest() && !path.startsWith("~serve/")) fetched.add(path);
    });
    for (const path of ["index.html", "metrics/index.html", site.pages.event]) {
      await page.goto(new URL(path, site.url).href);
      const box = page.getByRole("combobox");
      await box.fill("\"user\" status:active");
      await page.getByRole("option").first().waitFor();
    }
    await page.goto(new URL("metrics/index.html?q=user&sort=owner", site.url).href);
    await page.locator(".results tbody tr").first().waitFor();
    for (const menu of await page.locator("[data-browse] details:visible").all()) {
      await menu.locator("summary").click();
      await menu.locator("li").first().waitFor();
    }
    for (const format of ["csv", "json"]) {
      await Promise.all([page.waitForEvent("download"), page.locator(`[data-take=${format}]`).click()]);
    }
    assert(fetched.size > 20, `${fetched.size} addresses`);
    assert.deepEqual(Array.from(fetched).filter((path) => BLOCKED.test(path)), []);
    assert.deepEqual(problems, []);
  }));
});
