// Nothing moves once it is drawn, whatever the script adds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { SMALL, WIDE } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

const MOST = 0.02;

await overEverySite("layout shift", (site, browser) => {
  for (const kind of ["home", "metrics table", "metric", "data category", "numbers"]) {
    for (const viewport of [WIDE, SMALL]) {
      test(`${kind}: stays where it is, ${viewport.width} px wide`, () => withPage(browser, { viewport }, async (page) => {
        await page.goto(new URL(site.pages[kind], site.url).href, { waitUntil: "load" });
        // Whatever moves late does so on its own: there is nothing to wait for.
        await page.waitForTimeout(500);
        const shifts = await page.evaluate(() => new Promise((resolve) => {
          const report = (list) => resolve(list.getEntries().map((entry) => ({
            value: entry.value,
            sources: entry.sources.map(({ node }) => node?.nodeName + (node?.className ? `.${node.className}` : "")),
          })));
          // A page on which nothing moved never calls back.
          setTimeout(resolve, 100, []);
          new PerformanceObserver(report).observe({ type: "layout-shift", buffered: true });
        }));
        const total = shifts.reduce((sum, { value }) => sum + value, 0);
        assert(total <= MOST, `${total.toFixed(3)}: ${JSON.stringify(shifts)}`);
      }));
    }
  }
});
