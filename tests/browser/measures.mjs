// What is measured on more than one occasion: accessibility, what sticks out of the window, how long a list is.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

export const SMALL = { width: 320, height: 640 };
export const WIDE = { width: 1280, height: 720 };

/** Long tables and lists are made of rows that are all alike: the first twenty stand for the rest, which take minutes. */
const FURTHER_ROWS = ["tbody > tr", ".findings > li"].map((row) => `main ${row}:nth-child(n + 21)`);

/** What axe finds on a page, or in a part of it, a line each. */
export async function faults(page, within = "html") {
  // The other mode opens a second page for results out of frames; there are no frames here, and it is slower.
  const axe = new AxeBuilder({ page }).include(within).withTags(RULES).setLegacyMode();
  for (const rows of FURTHER_ROWS) axe.exclude(rows);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

/** What sticks out to the right of the window, if the page can be scrolled sideways. */
export function overflow(page) {
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

/**
 * The number of items that a list says it has, once its rows bear it out. A long list has 100 rows a page.
 * @param {import("playwright-core").Page} page
 */
export async function listed(page) {
  // A milestone's page goes on with what was removed in it.
  const table = page.locator("main .items").first();
  if (await page.locator("main .empty").count() > 0 && await table.count() === 0) return 0;
  // "8 metrics and 2 events", or "1 to 100 of 110: 77 metrics and 33 events".
  const caption = await table.locator("caption").textContent();
  const [, first, last, all, counted] = /^(?:(\d+) to (\d+) of (\d+): )?(.*)$/.exec(caption);
  const total = sum(counted);
  if (all) assert.equal(Number(all), total, caption);
  const rows = await table.locator("tbody tr").count();
  assert.equal(rows, last ? Number(last) - Number(first) + 1 : total, `${page.url()}: ${caption}`);
  return total;
}

/** All numbers in a text, added: 10 for "8 metrics and 2 events". */
export function sum(text) {
  return (text.match(/\d+/g) ?? []).reduce((total, number) => total + Number(number), 0);
}

/**
 * At most so many, spread over the whole list.
 * @template T
 * @param {T[]} all
 * @param {number} most
 */
export function spread(all, most) {
  return all.filter((_, index) => index % Math.ceil(all.length / most) === 0);
}
