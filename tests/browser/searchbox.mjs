// The parts of a page's search box, a search that is over when its hits are there, and the engine without the box.
import { NAMES, script } from "../search/engine.mjs";

/** @param {import("playwright-core").Page} page */
export function searchOf(page) {
  const form = page.getByRole("search");
  const input = form.getByRole("combobox");
  const status = form.getByRole("status");
  const options = form.locator("[role=option]");
  /** Types a text into the empty box, and waits until it is said what was found. */
  const search = async (text) => {
    await input.fill("");
    await options.first().waitFor({ state: "detached" });
    await input.fill(text);
    await status.filter({ hasText: /hits?\b|nothing found/i }).waitFor();
  };
  return {
    form, input, status, options, search, list: form.getByRole("listbox", { includeHidden: true }), panel: form.locator(".search-panel"),
    hits: form.locator(".hit"), proposals: form.locator(".proposal"),
  };
}

/**
 * Gives a page the names of the search script, as `engine`.
 * @param {import("playwright-core").Page} page
 */
export async function withEngine(page) {
  // By way of the browser's own tools: the page's policy forbids to evaluate text.
  const session = await page.context().newCDPSession(page);
  const expression = `globalThis.engine = (() => {"use strict";${script}\nreturn {${NAMES.join(",")}};})(); 0`;
  const { exceptionDetails } = await session.send("Runtime.evaluate", { expression });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
}
