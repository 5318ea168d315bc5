// `serve` keeps pages up to date by itself, under its own strict policy.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { launch, withPage } from "./browser.mjs";
import { SMALL, faults, overflow } from "./measures.mjs";
import { PROJECT } from "./site.mjs";

const METRIC = "metrics/counts_28d/active_users_monthly.yml";
const PAGE = "metrics/counts.active_users_monthly/";

/** A copy of the sample that may be changed, served. */
class Served {
  static async open() {
    const served = new Served();
    served.folder = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
    for (const part of ["definitions", "content", "dictionary.toml"]) {
      await cp(join(PROJECT, part), join(served.folder, part), { recursive: true });
    }
    await served.start();
    return served;
  }

  async start(port = "0") {
    const program = resolve(process.env.METRICS_DICTIONARY);
    const options = ["-q", "-C", this.folder, "serve", "--port", port];
    this.child = spawn(program, options, { stdio: ["ignore", "pipe", "ignore"] });
    process.once("exit", () => this.child.kill());
    for await (const url of createInterface({ input: this.child.stdout })) {
      this.url = url;
      return;
    }
    throw new Error("serve ended without printing its address");
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGINT");
    await ended;
  }

  async close() {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }

  async write(path, content) {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** Gives the metric another description. */
  async describe(text) {
    const path = join("definitions", METRIC);
    const content = await readFile(join(this.folder, path), "utf8");
    await this.write(path, content.replace(/^description:.*(\n .*)*/m, `description: ${text}`));
  }

  remove(path) {
    return rm(join(this.folder, path), { recursive: true });
  }
}

describe("serve", () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Served} */
  let served;
  before(async () => {
    browser = await launch();
    served = await Served.open();
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  /** A mark that is lost when the page is loaded again. */
  const mark = (page) => page.evaluate(() => { window.mark = true; });
  const isMarked = (page) => page.evaluate(() => window.mark === true);
  const panel = (page) => page.getByRole("alert");

  test("an edit is shown by itself, and the page stays where it was", () => withPage(browser, {}, async (page, problems) => {
    await page.setViewportSize({ width: 800, height: 300 });
    await page.goto(served.url + PAGE);
    await page.evaluate(() => scrollTo(0, 250));
    await mark(page);
    await served.describe("Edited while you look");
    await page.getByText("Edited while you look").first().waitFor();
    await page.waitForFunction(() => scrollY === 250);
    assert.equal(await isMarked(page), false);
    assert.deepEqual(problems, []);
  }));

  test("a page that has not changed is left alone", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(`${served.url}guide/index.html`);
    await mark(page);
    const other = await page.context().newPage();
    await other.goto(served.url + PAGE);
    await served.describe("Edited elsewhere");
    await other.getByText("Edited elsewhere").first().waitFor();
    // It has been told as well by now, and would be loading.
    await page.waitForTimeout(500);
    assert.equal(await isMarked(page), true);
    assert.deepEqual(problems, []);
  }));

  test("what cannot be built is said over the page until it is mended", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(served.url + PAGE);
    await mark(page);
    const usual = await readFile(join(served.folder, "dictionary.toml"), "utf8");
    await served.write("dictionary.toml", "[site]\ntitel = '<img src=x onerror=\"mark = 0\">'\n");
    await panel(page).getByText("dictionary.toml:2: unknown field `titel`").waitFor();
    assert.match(await page.locator("h1").textContent(), /active_users_monthly/);
    // Also on a page that is opened now.
    const other = await page.context().newPage();
    await other.goto(served.url);
    await panel(other).waitFor();
    await panel(other).getByRole("button", { name: "Hide" }).click();
    await panel(other).waitFor({ state: "detached" });
    // Another reason is said again.
    await served.write("dictionary.toml", "[site]\ntitle = \n");
    await panel(other).getByText("dictionary.toml:2").waitFor();
    await served.write("dictionary.toml", usual);
    await panel(page).waitFor({ state: "detached" });
    await panel(other).waitFor({ state: "detached" });
    assert.equal(await isMarked(page), true);
    assert.deepEqual(problems, []);
  }));

  test("what is said over the page is accessible and fits a small screen", () => {
    return withPage(browser, { viewport: SMALL }, async (page) => {
      await page.goto(served.url + PAGE);
      await served.write("content/broken.md", `no front matter in ${"a_long_word".repeat(40)}`);
      await panel(page).getByText("content/broken.md:1").waitFor();
      assert.deepEqual([await faults(page), await overflow(page)], [[], []]);
      await served.remove("content/broken.md");
      await panel(page).waitFor({ state: "detached" });
    });
  });

  test("templates and styles", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(served.url);
    await served.write("themes/default/templates/home.html", "{% extends 'base.html' %}\n{% block main %}{{ oops");
    await panel(page).getByText("home.html:2").waitFor();
    await served.write("themes/default/templates/home.html", "{% extends 'base.html' %}{% block main %}<h1>Own</h1>{% endblock main %}");
    await page.getByRole("heading", { name: "Own", exact: true }).waitFor();
    await panel(page).waitFor({ state: "detached" });
    await served.write("themes/default/static/site.css", "h1 { color: rgb(1, 2, 3); }");
    await page.waitForFunction(() => {
      const heading = document.querySelector("h1");
      return heading !== null && getComputedStyle(heading).color === "rgb(1, 2, 3)";
    });
    await served.remove("themes");
    await page.getByRole("heading", { name: "Own", exact: true }).waitFor({ state: "detached" });
    assert.deepEqual(problems, []);
  }));

  test("a page that is gone comes back by itself", () => withPage(browser, {}, async (page, problems) => {
    const path = join(served.folder, "definitions", METRIC);
    const content = await readFile(path, "utf8");
    await page.goto(served.url + PAGE);
    await rm(path);
    await page.getByText("There is no page at this address").waitFor();
    await writeFile(path, content);
    await page.getByRole("heading", { name: "active_users_monthly" }).first().waitFor();
    assert.deepEqual(problems, [`404: ${served.url}${PAGE}`]);
  }));

  test("ten tabs of one browser are all told", () => withPage(browser, {}, async (page, problems) => {
    const tabs = [];
    while (tabs.length < 9) tabs.push(await page.context().newPage());
    tabs.push(page);
    for (const tab of tabs) await tab.goto(served.url + PAGE);
    await served.describe("Told to all");
    await Promise.all(tabs.map((tab) => tab.getByText("Told to all").first().waitFor()));
    // The one that listens for all may go.
    await tabs[0].close();
    await served.describe("Told to the rest");
    await Promise.all(tabs.slice(1).map((tab) => tab.getByText("Told to the rest").first().waitFor()));
    assert.deepEqual(problems, []);
  }));

  test("hits of a search are fetched again", () => withPage(browser, {}, async (page, problems) => {
    await page.goto(`${served.url}guide/index.html`);
    await page.getByRole("combobox").fill("monthly");
    await page.getByRole("option").first().waitFor();
    await mark(page);
    await served.describe("Unheard of");
    await page.waitForFunction(() => window.mark === undefined);
    await page.getByRole("combobox").fill("unheard");
    await page.getByRole("option").first().waitFor();
    assert.deepEqual(problems, []);
  }));

  test("a server that is started again is found again", () => withPage(browser, {}, async (page) => {
    await page.goto(served.url + PAGE);
    await served.stop();
    await served.describe("Edited in between");
    await served.start(new URL(served.url).port);
    await page.getByText("Edited in between").first().waitFor();
    await served.describe("Edited afterwards");
    await page.getByText("Edited afterwards").first().waitFor();
  }));

  test("a page elsewhere cannot read it", () => withPage(browser, {}, async (page) => {
    await page.route("http://elsewhere.example/**", (route) => route.fulfill({ contentType: "text/html", body: "<p>Elsewhere" }));
    await page.goto("http://elsewhere.example/");
    const read = await page.evaluate((url) => Promise.all(["build.json", "~serve/state"].map(async (path) => {
      try {
        return await (await fetch(url + path)).text();
      } catch {
        return "refused";
      }
    })), served.url);
    assert.deepEqual(read, ["refused", "refused"]);
  }));
});
