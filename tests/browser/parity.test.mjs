// In the browser itself the script finds what the program finds, as tests/search holds it to under Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import { queries } from "../search/asked.mjs";
import { answers } from "../search/corpora.mjs";
import { differences } from "../search/parity.mjs";
import { withPage } from "./browser.mjs";
import { withEngine } from "./searchbox.mjs";
import { overEverySite } from "./suite.mjs";

const COUNT = 400;

await overEverySite("parity", (site, browser) => {
  test(`${COUNT} queries`, () => withPage(browser, {}, async (page, problems) => {
    await page.goto(site.url);
    await withEngine(page);
    const facets = await page.evaluate(async () => (await (await fetch("lookup/core.json")).json()).facets);
    const asked = queries(site.items, facets, COUNT, 15);
    const found = await page.evaluate(async (texts) => {
      const lookup = new window.engine.Lookup(window.engine.fetchFrom("lookup/"));
      const results = [];
      for (const text of texts) {
        const { query, total, hits, notices } = await lookup.search(text);
        results.push({ query, total, hits, notices, rows: await lookup.rows(hits.map(({ id }) => id)) });
      }
      return results;
    }, asked);
    const different = differences(await answers(site, asked), found);
    assert.deepEqual(different.slice(0, 5), [], `${different.length} of ${COUNT} differ`);
    assert.deepEqual(problems, []);
  }));
});
