// Runs a file's tests against every site, with one browser.
import { after, describe } from "node:test";
import { launch } from "./browser.mjs";
import { openSites } from "./site.mjs";

/**
 * @param {string} topic
 * @param {(site: Awaited<ReturnType<typeof openSites>>[number], browser: import("playwright-core").Browser) => void} define
 */
export async function overEverySite(topic, define) {
  const sites = await openSites();
  const browser = await launch();
  for (const site of sites) describe(`${topic}: ${site.name}`, () => define(site, browser));
  after(async () => {
    await browser.close();
    await Promise.all(sites.map((site) => site.close()));
  });
}
