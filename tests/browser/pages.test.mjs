// A page of each kind: loads cleanly under the strict policy of `serve`, is accessible, and fits a small screen.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const MISSING = "no/such/page";

/** What axe finds, a line each. */
async function faults(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

/** What sticks out to the right of the window, if the page can be scrolled sideways. */
function overflow(page) {
  return page.evaluate(() => {
    if (document.scrollingElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > innerWidth);
    return [`${document.scrollingElement.scrollWidth} px`, ...wide.slice(0, 5).map((it) => it.outerHTML.slice(0, 200))];
  });
}

await overEverySite("pages", (site, browser) => {
  const at = (path) => new URL(path, site.url).href;

  for (const [kind, path] of Object.entries({ ...site.pages, "missing page": MISSING })) {
    test(`${kind}: loads without an error`, () => withPage(browser, {}, async (page, problems) => {
      const answer = await page.goto(at(path), { waitUntil: "networkidle" });
      assert.equal(answer.headers()["content-security-policy"]?.includes("default-src 'none'"), true);
      // The page for what is missing is itself an answer 404, and all that may go wrong.
      assert.deepEqual(problems, path === MISSING ? [`404: ${at(path)}`] : []);
    }));

    for (const colorScheme of ["light", "dark"]) {
      test(`${kind}: is accessible, ${colorScheme}`, () => withPage(browser, { colorScheme }, async (page) => {
        await page.goto(at(path));
        assert.deepEqual(await faults(page), []);
      }));
    }

    test(`${kind}: does not scroll sideways on a small screen`, () => {
      return withPage(browser, { viewport: { width: 320, height: 640 } }, async (page) => {
        await page.goto(at(path));
        assert.deepEqual(await overflow(page), []);
      });
    });
  }

  test("search results are accessible and fit a small screen", () => {
    return withPage(browser, { viewport: { width: 320, height: 640 } }, async (page) => {
      await page.goto(site.url);
      await page.getByRole("searchbox").fill("count");
      await page.getByRole("search").getByRole("link").first().waitFor();
      assert.deepEqual(await faults(page), []);
      assert.deepEqual(await overflow(page), []);
    });
  });
});
