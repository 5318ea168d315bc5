// Colours forced by the system, and text twice as large: what people set who see little.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { faults, overflow } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

const CONDITIONS = {
  "forced colours": { forcedColors: "active" },
  // What a window of 1280 by 1024 amounts to at 200%.
  "twice the size": { viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 },
};

await overEverySite("conditions", (site, browser) => {
  for (const [condition, options] of Object.entries(CONDITIONS)) {
    for (const kind of ["home", "metrics table", "metric", "numbers"]) {
      test(`${kind}: is accessible and fits; ${condition}`, () => withPage(browser, options, async (page) => {
        await page.goto(new URL(site.pages[kind], site.url).href);
        assert.deepEqual({ faults: await faults(page), overflow: await overflow(page) }, { faults: [], overflow: [] });
      }));
    }
  }
}, { concurrency: 2 });
