// On paper: what legal pages and audits take from the site.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

/** A4 upright within margins of 1 cm, in pixels of 1/96 inch. */
const MARGIN = "1cm";
const SHEET = { width: Math.floor((190 / 25.4) * 96), height: Math.floor((277 / 25.4) * 96) };

await overEverySite("print", (site, browser) => {
  for (const kind of ["metric", "metrics table", "whole list", "data category"]) {
    const open = async (page) => {
      await page.goto(new URL(site.pages[kind], site.url).href);
      await page.emulateMedia({ media: "print" });
    };

    test(`${kind}: makes pages`, () => withPage(browser, {}, async (page) => {
      await open(page);
      const margin = { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN };
      const pdf = await page.pdf({ format: "A4", margin });
      assert(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length > 0);
    }));

    test(`${kind}: nothing to click, nothing cut off`, () => withPage(browser, { viewport: SHEET }, async (page) => {
      await open(page);
      // A role is that of what can be seen.
      for (const role of ["navigation", "button", "combobox"]) {
        assert.equal(await page.getByRole(role).count(), 0, role);
      }
      // Paper does not scroll: a box that scrolls on a screen cuts off here.
      const wide = await page.locator("main *").evaluateAll((all) => all
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
        .slice(-3)
        .map((it) => `${Math.round(it.getBoundingClientRect().right)} px: ${it.outerHTML.slice(0, 150)}`));
      assert.deepEqual(wide, []);
    }));
  }

  for (const kind of ["metrics table", "whole list"]) {
    test(`${kind}: columns keep their headings`, () => withPage(browser, { viewport: SHEET }, async (page) => {
      await page.goto(new URL(site.pages[kind], site.url).href);
      const table = page.locator("main table").first();
      const headings = table.locator("thead th");
      const count = await headings.count();
      await page.emulateMedia({ media: "print" });
      assert(count > 4);
      const cells = table.locator("tbody tr").first().locator("> *");
      for (let index = 0; index < count; index += 1) {
        const [heading, cell] = [await headings.nth(index).boundingBox(), await cells.nth(index).boundingBox()];
        assert(heading && cell && Math.abs(heading.x - cell.x) < 2, `column ${index + 1} stands below its heading`);
      }
    }));
  }
});
