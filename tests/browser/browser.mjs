// Debian's Chromium, driven by Playwright, and pages that remember what went wrong on them.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

/** Starts the browser without a window. */
export function launch() {
  const executablePath = process.env.CHROMIUM;
  assert(executablePath, "CHROMIUM must hold the path of Chromium; see tests/run");
  return chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to start as root, which is what containers run as.
    chromiumSandbox: process.getuid?.() !== 0,
    // The browser's own traffic: nothing answers it on a closed network, and it is not ours to test.
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Hands a fresh page to `use`, with a list that grows by whatever goes wrong on it.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page, problems: string[]) => Promise<void>} use
 */
export async function withPage(browser, options, use) {
  const context = await browser.newContext(options);
  // Each wait is for something that takes a moment; a slow machine under load takes a few seconds.
  context.setDefaultTimeout(15_000);
  try {
    const page = await context.newPage();
    await use(page, await watch(page));
    // What a test holds back may still be on its way.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  } finally {
    await context.close();
  }
}

/** @param {import("playwright-core").Page} page */
async function watch(page) {
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Given up because the page was left, not because anything is wrong.
    if (reason !== "net::ERR_ABORTED") problems.push(`failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    // Said of every status from 400 on, which the line above has already.
    if (message.text().startsWith("Failed to load resource: the server responded")) return;
    problems.push(`console: ${message.text()}`);
  });
  // The console of the page carries these to the listener above.
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
    });
  });
  return problems;
}
