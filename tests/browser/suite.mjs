// Runs a file's tests against every site, with one browser.
import { after, describe } from "node:test";
import { launch } from "./browser.mjs";
import { openSites } from "./site.mjs";

/**
 * @param {string} topic
 * @param {(site: Awaited<ReturnType<typeof openSites>>[number], browser: import("playwright-core").Browser) => void} define
 * @param {{concurrency?: number}} options how many of the tests of a site run at once
 */
export async function overEverySite(topic, define, { concurrency = 1 } = {}) {
  const sites = await openSites();
  const browser = await launch();
  for (const site of sites) describe(`${topic}: ${site.name}`, { concurrency }, () => define(site, browser));
  after(async () => {
    await browser.close();
    await Promise.all(sites.map((site) => site.close()));
  });
}
