// A page of each kind: loads cleanly under the strict policy of `serve`, is accessible, and fits a small screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { SMALL, WIDE, faults, overflow } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

const MISSING = "no/such/page";

await overEverySite("pages", (site, browser) => {
  const at = (path) => new URL(path, site.url).href;

  for (const [kind, path] of Object.entries({ ...site.pages, "missing page": MISSING })) {
    // Colours do not depend on the width, nor what must scroll on the colours: two runs see all four combinations.
    for (const [colorScheme, viewport] of [["light", WIDE], ["dark", SMALL]]) {
      const where = `${colorScheme}, ${viewport.width} px wide`;
      test(`${kind}: loads without an error, is accessible and fits; ${where}`, () => {
        return withPage(browser, { colorScheme, viewport }, async (page, problems) => {
          const answer = await page.goto(at(path));
          assert.match(answer.headers()["content-security-policy"] ?? "", /default-src 'none'/);
          const seen = { faults: await faults(page), overflow: await overflow(page), problems };
          // The page for what is missing is itself an answer 404, and all that may go wrong.
          const allowed = path === MISSING ? [`404: ${at(path)}`] : [];
          assert.deepEqual(seen, { faults: [], overflow: [], problems: allowed });
        });
      });
    }
  }

  // What people write differs from page to page, and one long word is enough.
  test("no item and no chapter scrolls sideways on a small screen", () => {
    return withPage(browser, { viewport: SMALL }, async (page) => {
      const wide = [];
      for (const path of [...site.items.map((item) => `${item.url}index.html`), ...site.chapters]) {
        await page.goto(at(path));
        const found = await overflow(page);
        if (found.length > 0) wide.push(`${path}: ${found.join(" ")}`);
      }
      assert.deepEqual(wide, []);
    });
  });
}, { concurrency: 2 });
