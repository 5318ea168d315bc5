// The questions that people come with, answered by clicks from the home page; no script is needed for any of them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage } from "./browser.mjs";
import { listed, spread, sum } from "./measures.mjs";
import { overEverySite } from "./suite.mjs";

/** Called "Optional" where the categories are described, and by its key elsewhere. */
const OPTIONAL = /^optional$/i;

/** The cells of a table's column, by its heading; without the row headings. */
async function column(page, table, heading) {
  const headings = await table.getByRole("columnheader").allTextContents();
  const index = headings.findIndex((text) => heading.test(text));
  assert(index >= 0, `${page.url()}: a column ${heading}`);
  return table.locator(`tbody tr > :nth-child(${index + 1})`);
}

/** The heading of a cell's row. */
function rowHeader(cell) {
  return cell.locator("xpath=..").getByRole("rowheader");
}

/** What a click on a number leads to: as many of a group's optional metrics, and nothing else. */
async function expectOptionalMetrics(page, group, number) {
  assert.equal(await listed(page), number);
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  assert(heading.includes(group) && /optional/i.test(heading), heading);
  const table = page.locator("main .items");
  const owners = await (await column(page, table, /^Owner$/)).allTextContents();
  const categories = await (await column(page, table, /^Data category$/)).allTextContents();
  assert.deepEqual([...new Set(owners)], [group]);
  // A metric can fall under several.
  assert.deepEqual(categories.filter((text) => !/optional/i.test(text)), []);
}

/** The values of the first column of a table in CSV. */
function firstColumn(csv) {
  const [, ...rows] = csv.match(/(?:"(?:[^"]|"")*"|[^"\n])+/g);
  return rows.map((row) => row.split(",")[0]);
}

/** The text that a link to a file leads to, and the file's name. */
async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

await overEverySite("answers", (site, browser) => {
  const answer = (name, use) => test(name, () => withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(site.url);
    await use(page);
  }));
  const main = (page) => page.getByRole("main");

  answer("all optional metrics of a group: one click on the number where they meet", async (page) => {
    const table = page.getByRole("table", { name: "Metrics by group and data category" });
    const cell = (await column(page, table, OPTIONAL)).filter({ has: page.getByRole("link") }).first();
    const number = Number(await cell.textContent());
    const group = await rowHeader(cell).textContent();
    await cell.getByRole("link").click();
    await expectOptionalMetrics(page, group, number);
  });

  answer("all optional metrics of a group: by way of the groups, in three clicks", async (page) => {
    await main(page).getByRole("link", { name: /^\d+\s+groups$/ }).click();
    const groups = page.locator("main .matrix");
    const cell = (await column(page, groups, OPTIONAL)).filter({ has: page.getByRole("link") }).last();
    const group = await rowHeader(cell).textContent();
    await rowHeader(cell).getByRole("link").click();
    const row = page.locator("main .value .matrix").getByRole("row").filter({ has: page.getByRole("rowheader", { name: OPTIONAL }) });
    const number = row.getByRole("cell").last();
    const expected = Number(await number.textContent());
    await number.getByRole("link").click();
    await expectOptionalMetrics(page, group, expected);
  });

  answer("everything in a data category: on one page and as CSV", async (page) => {
    await main(page).getByRole("heading", { level: 3, name: OPTIONAL }).getByRole("link").click();
    const total = await listed(page);
    const csv = await download(page, main(page).getByRole("link", { name: "as CSV" }));
    await main(page).getByRole("link", { name: /on one page/ }).click();
    const names = await page.locator("main .whole tbody th a").allTextContents();
    assert.equal(names.length, total);
    assert.match(csv.name, /\.csv$/);
    assert.equal(firstColumn(csv.text).length, total);
    for (const name of names) assert(csv.text.includes(name), name);
    assert.equal((await download(page, main(page).getByRole("link", { name: /CSV$/ }))).text, csv.text);
  });

  answer("what a metric counts, and what counts an event: there and back", async (page) => {
    const counts = (item) => item.kind === "metric" && item.events.some((event) => event.known);
    for (const metric of spread(site.items.filter(counts), 5)) {
      const event = metric.events.find((it) => it.known);
      await page.goto(new URL(`${metric.url}index.html`, site.url).href);
      await page.locator(".uses").getByRole("link", { name: event.name, exact: true }).click();
      await page.waitForURL(/\/events\//);
      await page.locator("main .items").getByRole("link", { name: metric.name, exact: true }).click();
      await page.waitForURL(`**/${metric.url}index.html`);
    }
  });

  // Only the sample's groups are described.
  if (site.name === "the sample") {
    answer("whom to ask about a group", async (page) => {
      await page.getByRole("table", { name: "Metrics by group and data category" }).getByRole("rowheader")
        .getByRole("link").first().click();
      const contacts = page.locator("dt", { hasText: "Contact" }).locator("+ dd").getByRole("link");
      assert(await contacts.count() > 0);
      for (const contact of await contacts.all()) assert.match(await contact.getAttribute("href"), /^(https|mailto):/);
    });
  }

  answer("every number of the home page is that of its list", async (page) => {
    const numbers = await page.locator("main .matrix td a").evaluateAll((links) => links.map((link) => {
      return { url: link.href, number: Number(link.textContent), what: link.closest("tr").textContent };
    }));
    // What the row's own page lists first.
    const rows = await page.locator("main .matrix tbody tr").evaluateAll((all) => all.map((row) => {
      const headings = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent);
      const of = (heading) => row.cells[headings.findIndex((text) => heading.test(text))].textContent;
      const what = `${of(/^(All m|M)etrics$/)} metrics, ${of(/^Events$/)} events`;
      return { url: row.querySelector("th a").href, number: null, what };
    }));
    const cards = await page.locator("main .card").evaluateAll((all) => all.map((card) => {
      const what = card.querySelector(".card-count").textContent;
      return { url: card.querySelector("a").href, number: null, what };
    }));
    const lists = [...spread(numbers, 12), ...spread(rows, 12), ...cards];
    for (const { url, number, what } of lists) {
      await page.goto(url);
      assert.equal(await listed(page), number ?? sum(what), `${what}: ${url}`);
    }
  });
});
