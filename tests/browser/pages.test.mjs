// A page of each kind: loads cleanly under the strict policy of `serve`, is accessible, and fits a small screen.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const MISSING = "no/such/page";
const SMALL = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 720 };

/** What axe finds, a line each. */
async function faults(page) {
  // The other mode opens a second page for results out of frames; there are no frames here, and it is slower.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

/** What sticks out to the right of the window, if the page can be scrolled sideways. */
function overflow(page) {
  return page.evaluate(() => {
    if (document.scrollingElement.scrollWidth <= innerWidth) return [];
    // What scrolls within a box of its own is not to blame.
    const boxed = (it) => it !== null && (getComputedStyle(it).overflowX !== "visible" || boxed(it.parentElement));
    // A box that is itself narrow enough can hold text that is not.
    const sticksOut = (it) => it.getBoundingClientRect().right > innerWidth || it.scrollWidth > it.clientWidth;
    const wide = [...document.querySelectorAll("main, main *, .top *")].filter((it) => {
      return getComputedStyle(it).display !== "inline" && sticksOut(it) && !boxed(it);
    });
    // The last ones are the innermost.
    return [`${document.scrollingElement.scrollWidth} px`, ...wide.slice(-3).map((it) => it.outerHTML.slice(0, 150))];
  });
}

await overEverySite("pages", (site, browser) => {
  const at = (path) => new URL(path, site.url).href;

  for (const [kind, path] of Object.entries({ ...site.pages, "missing page": MISSING })) {
    test(`${kind}: loads without an error`, () => withPage(browser, {}, async (page, problems) => {
      const answer = await page.goto(at(path), { waitUntil: "networkidle" });
      assert.match(answer.headers()["content-security-policy"] ?? "", /default-src 'none'/);
      // The page for what is missing is itself an answer 404, and all that may go wrong.
      assert.deepEqual(problems, path === MISSING ? [`404: ${at(path)}`] : []);
    }));

    // Colours do not depend on the width, nor what must scroll on the colours: two runs see all four combinations.
    for (const [colorScheme, viewport] of [["light", WIDE], ["dark", SMALL]]) {
      test(`${kind}: is accessible, ${colorScheme}, ${viewport.width} px wide`, () => {
        return withPage(browser, { colorScheme, viewport }, async (page) => {
          await page.goto(at(path));
          assert.deepEqual(await faults(page), []);
        });
      });
    }

    test(`${kind}: does not scroll sideways on a small screen`, () => {
      return withPage(browser, { viewport: SMALL }, async (page) => {
        await page.goto(at(path));
        assert.deepEqual(await overflow(page), []);
      });
    });
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

  test("search results are accessible and fit a small screen", () => {
    return withPage(browser, { viewport: SMALL }, async (page) => {
      await page.goto(site.url);
      await page.getByRole("searchbox").fill("count");
      await page.getByRole("search").getByRole("link").first().waitFor();
      assert.deepEqual(await faults(page), []);
      assert.deepEqual(await overflow(page), []);
    });
  });
});
