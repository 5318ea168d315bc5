// Names and texts that are written from right to left, or without spaces between words, in lists.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { launch, withPage } from "./browser.mjs";
import { mount } from "./files.mjs";
import { SMALL, faults, overflow } from "./measures.mjs";
import { searchOf } from "./searchbox.mjs";

const HEBREW = "מספר המשתמשים שיצרו כרטיס בחודש האחרון (28 ימים).";
const CHINESE = "过去二十八天内创建卡片的用户数量，不包括机器人和已删除的用户。".repeat(4);

const metric = (name, description, group) => `---
key_path: ${name}
description: "${description}"
product_group: ${group}
value_type: number
status: active
milestone: "16.1"
time_frame: 28d
data_source: database
data_category: optional
tiers: [free]
`;

const FILES = {
  "groups.yml": `sections:
- key: main
  name: Main
  stages:
  - key: one
    name: One
    groups:
    - key: numbers
      name: 数据组
    - key: cards
      name: צוות כרטיסים
`,
  "metrics/hebrew.yml": metric("counts.hebrew_cards", HEBREW, "cards"),
  "metrics/chinese.yml": metric("counts.chinese_cards", CHINESE, "numbers"),
  "metrics/english.yml": metric("counts.english_cards", "Count of cards", "cards"),
};

const scratch = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
for (const [path, text] of Object.entries(FILES)) {
  await mkdir(dirname(join(scratch, "definitions", path)), { recursive: true });
  await writeFile(join(scratch, "definitions", path), text);
}
const folder = join(scratch, "site");
await promisify(execFile)(resolve(process.env.METRICS_DICTIONARY), ["-C", scratch, "-q", "--definitions", "definitions", "build", "--out", folder]);
const site = await mount(folder, "/");
const browser = await launch();
after(async () => {
  await browser.close();
  site.close();
  await rm(scratch, { recursive: true });
});

const names = (page) => page.locator(".results tbody th a");

/** Where the first and the last character of a text stand that is wholly within a part of the page. */
function ends(locator) {
  return locator.evaluate((it) => {
    const texts = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (texts.nextNode()) nodes.push(texts.currentNode);
    const left = (node, at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    };
    const last = nodes.at(-1);
    return { first: left(nodes[0], 0), last: left(last, last.length - 1) };
  });
}

for (const [word, name] of [["המשתמשים", "counts.hebrew_cards"], ["过去二十八", "counts.chinese_cards"]]) {
  for (const [form, viewport] of [["wide", undefined], ["small", SMALL]]) {
    test(`a list finds ${word}, is accessible and fits; ${form}`, () => withPage(browser, { viewport }, async (page, problems) => {
      await page.goto(`${site.url}metrics/index.html`);
      await page.getByRole("searchbox").first().focus();
      // At once, as a method of input hands over what was composed.
      await page.keyboard.insertText(word);
      await names(page).first().waitFor();
      assert.deepEqual(await names(page).allTextContents(), [name]);
      assert.deepEqual({ faults: await faults(page), overflow: await overflow(page) }, { faults: [], overflow: [] });
      assert.deepEqual(problems, []);
    }));
  }
}

// It ends in a full stop, which has no direction of its own.
test("a text from right to left ends on the left, in lists, in hits and on its page", () => withPage(browser, { viewport: { width: 1600, height: 900 } }, async (page) => {
  await page.goto(`${site.url}metrics/index.html?q=hebrew`);
  const { input, hits } = searchOf(page);
  await names(page).first().waitFor();
  await input.fill("hebrew");
  await hits.first().waitFor();
  const places = [
    await ends(page.locator(".results td.about")), await ends(hits.first().locator(".hit-description")),
  ];
  await page.goto(`${site.url}metrics/counts.hebrew_cards/index.html`);
  places.push(await ends(page.locator(".description p")));
  for (const place of places) assert(place.last < place.first, JSON.stringify(places));
}));

test("what is typed from right to left begins on the right of the box", () => withPage(browser, {}, async (page) => {
  await page.goto(`${site.url}index.html`);
  const { input } = searchOf(page);
  const direction = () => input.evaluate((it) => getComputedStyle(it).direction);
  await input.fill("המשתמשים");
  assert.equal(await direction(), "rtl");
  await input.fill("cards");
  assert.equal(await direction(), "ltr");
}));

test("a group with such a name is chosen in its menu, by its letters", () => withPage(browser, {}, async (page) => {
  await page.goto(`${site.url}metrics/index.html`);
  const menu = page.locator("[data-facet=group]");
  await menu.locator("summary").click();
  await menu.locator("li").filter({ hasText: "数据组" }).getByRole("checkbox").click();
  await page.waitForURL(/group/);
  await names(page).first().waitFor();
  assert.deepEqual(await names(page).allTextContents(), ["counts.chinese_cards"]);
  await page.locator("[data-browse] [name=q]").fill("group:\"צוות כרטיסים\"");
  await names(page).nth(1).waitFor();
  assert.deepEqual(await names(page).allTextContents(), ["counts.english_cards", "counts.hebrew_cards"]);
}));
