// Queries that are not words: nothing throws, nothing of them becomes part of the page, and search goes on working.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostileQueries } from "../search/hostile.mjs";
import { withPage } from "./browser.mjs";
import { searchOf, withEngine } from "./searchbox.mjs";
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

/** How many elements the page has outside of the results, and which kinds there are within. */
function shape(page) {
  return page.evaluate(() => {
    const results = document.querySelector(".search-panel");
    const within = new Set([...results.querySelectorAll("*")].map((element) => element.localName));
    const outside = document.querySelectorAll("*").length - results.querySelectorAll("*").length;
    return { id: document.documentElement.id, outside, within: [...within].sort() };
  });
}

/** All that hits, proposals and the status are made of. */
const MADE_OF = ["a", "code", "div", "mark", "p", "span", "wbr"];

await overEverySite("hostile queries", (site, browser) => {
  test("none throws, none becomes part of the page", () => withPage(browser, {}, async (page, problems) => {
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
    await page.goto(site.url);
    const { input, search } = searchOf(page);
    await search("count");
    const usual = await shape(page);
    for (const query of [...QUERIES, ...hostileQueries(13, 40)]) {
      const name = JSON.stringify(query.slice(0, 60));
      await input.fill(query);
      // Long enough for an answer from an index that is loaded; what comes later is seen with the next query.
      await page.waitForTimeout(60);
      const now = await shape(page);
      assert.deepEqual({ ...now, within: [] }, { ...usual, within: [] }, name);
      assert.deepEqual(now.within.filter((tag) => !MADE_OF.includes(tag)), [], name);
      assert.deepEqual(problems, [], name);
      assert.equal(page.url(), site.url, name);
    }
    await search("count");
    assert.deepEqual(problems, []);
  }));

  test("3,000 random ones end with a result", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(site.url);
    await withEngine(page);
    const failed = await page.evaluate(async (queries) => {
      const lookup = new window.engine.Lookup(window.engine.fetchFrom("lookup/"));
      const wrong = [];
      for (const query of queries) {
        try {
          const { hits, total, notices } = await lookup.search(query);
          const rows = await lookup.rows(hits.map(({ id }) => id));
          if (rows.length !== Math.min(total, 10) || notices.some(({ text }) => !text)) wrong.push(query);
        } catch (error) {
          wrong.push(`${query}: ${error}`);
        }
      }
      return wrong;
    }, hostileQueries(14, 3000));
    assert.deepEqual(failed, []);
    assert.deepEqual(problems, []);
  }));

  test("what every object has is not found", () => withPage(browser, {}, async (page) => {
    await page.goto(site.url);
    const { status, search } = searchOf(page);
    for (const query of ["name:__proto__", "name:constructor", "name:prototype"]) {
      await search(query);
      assert.match(await status.textContent(), /^Nothing/, query);
    }
  }));
});
