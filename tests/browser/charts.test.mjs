// The charts: each bar and each column leads to a list as long as its number says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { listed, spread, sum } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

await overEverySite("charts", (site, browser) => {
  test("each number is that of the list it leads to", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(new URL(site.pages.numbers, site.url).href);
    const bars = await page.locator("svg.bars a").evaluateAll((links) => links.map((link) => ({
      url: new URL(link.getAttribute("href"), document.baseURI).href,
      // "Boards: 15 metrics, 5 events", or "12 introduced in 3.0".
      label: link.getAttribute("aria-label"),
      drawn: link.querySelector(".value, .tip").textContent,
    })));
    assert(bars.length > 10, "there are charts");
    for (const { url, label, drawn } of spread(bars, 30)) {
      const [, column] = /^(\d+) (?:introduced|removed) in /.exec(label) ?? [];
      const number = column ? Number(column) : sum(label.slice(label.lastIndexOf(":")));
      // A bar of two parts says both: "15 + 5".
      assert.equal(sum(drawn), number, label);
      await page.goto(url);
      const total = url.includes("/findings/") ? await found(page) : await listed(page);
      assert.equal(total, number, `${label}: ${url}`);
    }
    assert.deepEqual(problems, []);
  }));
});

/** The number of findings that a list says it has, once they bear it out. */
async function found(page) {
  const said = sum((await page.locator("main .severity").allTextContents()).join(" "));
  assert.equal(await page.locator("main .findings > li").count(), Math.min(said, 100), page.url());
  return said;
}
