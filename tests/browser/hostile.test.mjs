// Queries that are not words: nothing throws, nothing of them becomes part of the page, and search goes on working.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

const QUERIES = [
  // Names that every JavaScript object has: an index kept in a plain object "finds" them.
  "__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "length", "undefined", "null", "NaN",
  // Markup, whole and broken.
  "<script>document.documentElement.id = 'ran'</script>", "<img src=x onerror=\"document.documentElement.id = 'ran'\">",
  "<svg onload=\"document.documentElement.id = 'ran'\">", "\"><iframe src=\"javascript:0\">", "</form></main>", "<!--",
  "&lt;b&gt;", "&#60;", "javascript:alert(1)", "{{ item.name }}", "${count}", "<b>count</b>",
  // Quotes, escapes, addresses, and the syntax of query languages.
  "'", "\"", "\"count", "`", "\\", "\\u0000", "' OR 1=1 --", "%00", "%", "%E0%A4%A", "../../etc/passwd", "?q=count#main",
  "(", "[a-z", "*", "a**b++", "owner:", ":", "status:removed", "-count", "count AND (", "count~99999999", "/(a+)+$/",
  // Much of it.
  "a".repeat(5000), "count ".repeat(800), "<".repeat(5000), "\u0301".repeat(2000),
  // Beyond ASCII: two-unit characters, halves of them, right to left, joiners, and letters that change length in lower case.
  "𝒸ℴ𝓊𝓃𝓉", "😀".repeat(50), "\ud800", "\udc00count", "עברית", "\u202eetnuoc\u202c", "عدد", "مقياس\u200f", "co\u200bunt",
  "👩‍👩‍👧‍👦", "İSTANBUL", "ﬁle", "ß", "\u0000", "\ufeffcount", "１２３", "  \t  ",
];

/** How many elements of each kind the page has outside of the results, and which kinds there are within. */
function shape(page) {
  return page.evaluate(() => {
    const results = document.querySelector("[role=search] ol");
    const within = new Set([...results.querySelectorAll("*")].map((element) => element.localName));
    const outside = document.querySelectorAll("*").length - results.querySelectorAll("*").length;
    return { id: document.documentElement.id, outside, within: [...within].sort() };
  });
}

await overEverySite("hostile queries", (site, browser) => {
  test("none throws, none becomes part of the page", () => withPage(browser, {}, async (page, problems) => {
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
    await page.goto(site.url);
    const input = page.getByRole("searchbox");
    const links = page.getByRole("search").getByRole("link");
    await input.fill("count");
    await links.first().waitFor();
    const usual = await shape(page);
    for (const query of QUERIES) {
      const name = JSON.stringify(query.slice(0, 60));
      await input.fill(query);
      // Long enough for an answer from an index that is loaded; what comes later is seen with the next query.
      await page.waitForTimeout(30);
      const now = await shape(page);
      assert.deepEqual({ ...now, within: usual.within }, usual, name);
      assert.deepEqual(now.within.filter((tag) => !usual.within.includes(tag)), [], name);
      assert.deepEqual(problems, [], name);
      assert.equal(page.url(), site.url, name);
    }
    await input.fill("");
    await links.first().waitFor({ state: "detached" });
    await input.fill("count");
    await links.first().waitFor();
  }));

  test("what every object has is not found", () => withPage(browser, {}, async (page) => {
    await page.goto(site.url);
    const form = page.getByRole("search");
    for (const query of ["__proto__", "constructor", "hasOwnProperty", "valueOf"]) {
      await form.getByRole("searchbox").fill("");
      await form.getByRole("searchbox").fill(query);
      await form.getByRole("status").filter({ hasText: /nothing found/i }).waitFor();
    }
  }));
});
