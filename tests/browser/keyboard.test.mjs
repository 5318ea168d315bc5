// The site without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

/** Whether what has the focus fits a selector. */
function focused(page, selector) {
  return page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
}

await overEverySite("keyboard", (site, browser) => {
  for (const kind of ["home", "metrics table", "metric", "health", "guide"]) {
    test(`${kind}: the first stop skips to the content`, () => withPage(browser, {}, async (page) => {
      await page.goto(new URL(site.pages[kind], site.url).href);
      await page.keyboard.press("Tab");
      assert(await focused(page, "a[href='#main']"), "the skip link is the first stop");
      const box = await page.locator(":focus").boundingBox();
      assert(box.x >= 0 && box.y >= 0 && box.width > 0, "it can be seen while it has the focus");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert(await focused(page, "main *"), "the next stop is within the content");
    }));
  }

  test("every stop of the home page can be seen to have the focus", () => withPage(browser, {}, async (page) => {
    await page.goto(site.url);
    for (let stop = 1; stop <= 12; stop += 1) {
      await page.keyboard.press("Tab");
      const outline = await page.locator(":focus").evaluate((element) => getComputedStyle(element).outlineStyle);
      assert.notEqual(outline, "none", `stop ${stop}`);
    }
  }));
});
