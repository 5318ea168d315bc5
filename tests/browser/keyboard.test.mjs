// The site without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

/** Long pages repeat themselves after that many. */
const MOST_STOPS = 40;

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

  for (const kind of ["home", "metric", "numbers"]) {
    test(`${kind}: every stop can be seen, and that it has the focus`, () => withPage(browser, {}, async (page) => {
      await page.goto(new URL(site.pages[kind], site.url).href);
      for (let stop = 1; stop <= MOST_STOPS; stop += 1) {
        await page.keyboard.press("Tab");
        const seen = await page.evaluate(() => {
          const it = document.activeElement;
          const { width, height, right, left } = it.getBoundingClientRect();
          const shown = width > 0 && height > 0 && right > 0 && left < innerWidth;
          return { end: it === document.body, shown, outline: getComputedStyle(it).outlineStyle, html: it.outerHTML };
        });
        // After the last stop comes the window's own frame.
        if (seen.end) break;
        const where = `stop ${stop}: ${seen.html.slice(0, 200)}`;
        assert(seen.shown, where);
        assert.notEqual(seen.outline, "none", where);
      }
    }));
  }
});
