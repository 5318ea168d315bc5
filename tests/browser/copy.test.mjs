// The buttons that copy: exactly what is there. That there is none without a script, places.test.mjs sees.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { join } from "node:path";
import { withPage } from "./browser.mjs";
import { overEverySite } from "./suite.mjs";

const KINDS = ["metric", "event", "removed metric", "legacy event"];

await overEverySite("copy", (site, browser) => {
  const at = (kind) => new URL(site.pages[kind], site.url).href;
  const itemOf = (kind) => site.items.find((item) => `${item.url}index.html` === site.pages[kind]);

  for (const kind of KINDS) {
    test(`${kind}: the name and the whole file`, () => {
      const permissions = ["clipboard-read", "clipboard-write"];
      return withPage(browser, { permissions }, async (page, problems) => {
        await page.goto(at(kind));
        const copied = async (name) => {
          await page.getByRole("button", { name, exact: true }).click();
          await page.getByRole("button", { name: "Copied" }).waitFor();
          return page.evaluate(() => navigator.clipboard.readText());
        };
        const { name, path } = itemOf(kind);
        assert.equal(await copied("Copy name"), name);
        // The button says what it does again.
        await page.getByRole("button", { name: "Copy name", exact: true }).waitFor();
        assert.equal(await copied("Copy YAML"), await readFile(join(site.definitions, path), "utf8"));
        assert.deepEqual(problems, []);
      });
    });
  }

  test("headings are called by their names alone", () => withPage(browser, {}, async (page) => {
    await page.goto(at("metric"));
    await page.getByRole("button", { name: "Copy name" }).waitFor();
    const heading = page.getByRole("heading", { level: 1, name: itemOf("metric").name, exact: true });
    assert.equal(await heading.count(), 1);
  }));
});
