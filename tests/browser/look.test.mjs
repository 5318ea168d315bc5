// Light or dark, as the reader chooses, on every page from the first moment on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

const button = (page) => page.getByRole("button", { name: /^Theme:/ });
const ground = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const chosen = (page) => page.evaluate(() => document.documentElement.dataset.look ?? "auto");

/** Clicks through all looks, from the system's, which is light here, back to it. */
async function cycle(page) {
  assert.equal(await chosen(page), "auto");
  const light = await ground(page);
  for (const look of ["light", "dark", "auto"]) {
    await button(page).click();
    await button(page).filter({ hasText: look }).waitFor();
    assert.equal(await chosen(page), look);
    assert.equal((await ground(page)) === light, look !== "dark", look);
  }
}

await overEverySite("look", (site, browser) => {
  const other = new URL(site.pages.metric, site.url).href;
  const options = { colorScheme: "light" };

  test("the switch goes from the system's look to light, dark and back", () => {
    return withPage(browser, options, async (page, problems) => {
      await page.goto(site.url);
      await cycle(page);
      assert.deepEqual(problems, []);
    });
  });

  test("the choice holds on the next page and after a reload, before anything is drawn", () => {
    return withPage(browser, options, async (page, problems) => {
      await page.addInitScript(() => {
        // Nothing is drawn before there is a body.
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.lookAtFirst = document.documentElement.dataset.look;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      });
      const atFirst = () => page.evaluate(() => window.lookAtFirst);
      await page.goto(site.url);
      assert.equal(await atFirst(), undefined);
      await button(page).click();
      await button(page).click();
      const dark = await ground(page);
      await page.goto(other);
      assert.deepEqual([await atFirst(), await ground(page)], ["dark", dark]);
      await page.reload();
      assert.deepEqual([await atFirst(), await ground(page)], ["dark", dark]);
      await button(page).filter({ hasText: "dark" }).waitFor();
      assert.deepEqual(problems, []);
    });
  });

  test("where nothing can be remembered it holds for the page", () => {
    return withPage(browser, options, async (page, problems) => {
      await page.addInitScript(() => {
        const refuse = () => { throw new DOMException("denied", "SecurityError"); };
        Object.defineProperty(window, "localStorage", { get: refuse });
      });
      await page.goto(other);
      await cycle(page);
      assert.deepEqual(problems, []);
    });
  });

  test("from disk it works as well", () => withPage(browser, options, async (page, problems) => {
    await page.goto(pathToFileURL(join(site.folder, site.pages.metric)).href);
    await cycle(page);
    assert.deepEqual(problems, []);
  }));
});
