// Every payload everywhere: no page of the site runs any of it, sends anything away, or falls apart.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { launch, withPage } from "./browser.mjs";
import { mount } from "./files.mjs";
import { writeInfested } from "./infested.mjs";
import { SMALL, WIDE, overflow, spread } from "./measures.mjs";
import { CANARY, PAYLOADS } from "./payloads.mjs";
import { searchOf } from "./searchbox.mjs";
import { serve } from "./site.mjs";

const program = resolve(process.env.METRICS_DICTIONARY ?? "");
const run = promisify(execFile);

/** All that pages are made of: elements, and the attributes of each beside those that any may have. */
const ANYWHERE = ["class", "id", "role", "tabindex", "hidden", "aria-*", "data-*", "itemprop", "itemscope", "itemtype"];
const MADE_OF = {
  html: ["lang"], head: [], body: [], title: [], meta: ["charset", "name", "content", "property"], link: ["rel", "href", "type"], script: ["src", "defer"],
  header: [], main: [], footer: [], nav: [], section: [], article: [], div: [], h1: [], h2: [], h3: [], h4: [], h5: [], h6: [], p: [], pre: [],
  ul: [], ol: ["start"], li: [], dl: [], dt: [], dd: [], table: [], caption: [], thead: [], tbody: [], tr: [], th: ["scope"], td: [], blockquote: [],
  a: ["href", "rel", "title", "download"], code: [], strong: [], em: [], del: [], span: [], mark: [], kbd: [], br: [], wbr: [], hr: [], details: ["open"], summary: [],
  form: ["action"], label: ["for"], button: ["type"],
  input: ["type", "name", "dir", "placeholder", "autocomplete", "autocapitalize", "spellcheck", "enterkeyhint", "checked", "value"],
  svg: ["width", "height", "viewBox"], rect: ["x", "y", "width", "height", "rx"], line: ["x1", "x2", "y1", "y2"], path: ["d"], text: ["x", "y", "transform"],
};

/** Characters that no page shows as they are. */
const HIDING = "[\\0-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]";

/**
 * What is wrong with the pages at these addresses as documents, a line each. Runs in the browser: its parser is the one that counts.
 * @param {{paths: string[], madeOf: Record<string, string[]>, anywhere: string[], hiding: string, live?: boolean}} wanted
 */
async function faultsOfDocuments({ paths, madeOf, anywhere, hiding, live }) {
  const faults = [];
  const isIn = (list, name) => list.some((known) => known === name || (known.endsWith("*") && name.startsWith(known.slice(0, -1))));
  for (const path of paths) {
    const address = new URL(path, location.origin);
    const page = live ? document : new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const say = (text) => faults.push(`${path}: ${text}`.slice(0, 300));
    for (const element of page.querySelectorAll("*")) {
      const allowed = Object.hasOwn(madeOf, element.localName) ? [...madeOf[element.localName], ...anywhere] : null;
      if (!allowed) say(`element ${element.outerHTML.slice(0, 150)}`);
      for (const { name } of allowed ? element.attributes : []) {
        // How much room there is for hits, said by the script.
        const byScript = live && name === "style" && element.matches("form[data-lookup]");
        if (!byScript && !isIn(allowed, name)) say(`attribute ${name} of ${element.outerHTML.slice(0, 150)}`);
      }
      for (const name of ["href", "src", "action", "download"]) {
        const link = element.getAttribute(name);
        if (link === null || name === "download") continue;
        // What no browser can read leads nowhere.
        const outside = /^(https?:\/\/|mailto:)/i.test(link) && element.matches("a, link[rel=canonical]");
        if (!outside && URL.canParse(link, address) && new URL(link, address).origin !== address.origin) say(`${name} ${link}`);
      }
    }
    const parts = Array.from(page.body.children, (part) => part.localName).join(" ");
    if (parts !== "a header main footer") say(`made of ${parts}`);
    if (!page.querySelector("footer > .made:last-child")) say("no footer");
    if (new RegExp(hiding).test(page.documentElement.textContent)) say("a character that hides");
  }
  return faults;
}

/** Texts that run over what stands beside them: boxes whose content is wider than they are, and that show it all the same. */
function spilled() {
  const boxes = [...document.querySelectorAll("main *, .top *, footer *")].filter((it) => {
    const { display, overflowX } = getComputedStyle(it);
    return display !== "inline" && overflowX === "visible" && it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1;
  });
  // What scrolls by itself may be as wide as it likes, and drawings measure otherwise.
  return boxes.filter((it) => !it.closest(".scroll, svg")).map((it) => `spills: ${it.outerHTML.slice(0, 200)}`);
}

describe("payloads", () => {
  let scratch, site, files, pages, strict, lax, browser;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "metrics-dictionary-"));
    await writeInfested(join(scratch, "infested"));
    site = join(scratch, "infested", "public");
    await run(program, ["-C", join(scratch, "infested"), "--quiet", "build"]);
    files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1)).sort();
    // One is no page but a way to another; the other has absolute links, for wherever it is shown.
    pages = files.filter((path) => path.endsWith(".html") && !["snowplow/index.html", "404.html"].includes(path));
    strict = await mount(site, "/", { "content-security-policy": await policy() });
    lax = await mount(site, "/");
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    strict?.close();
    lax?.close();
    await rm(scratch, { recursive: true });
  });

  /** The policy that `serve` sends. */
  async function policy() {
    await mkdir(join(scratch, "plain/definitions/metrics"), { recursive: true });
    await writeFile(join(scratch, "plain/definitions/metrics/a.yml"), "key_path: a\n");
    const { url, stop } = await serve(program, ["-C", join(scratch, "plain")]);
    const answer = await fetch(url);
    stop();
    return answer.headers.get("content-security-policy");
  }

  /** Hands over a page that also notes dialogs, and requests that leave the site. */
  const withGuardedPage = (origin, use) => withPage(browser, { viewport: WIDE }, async (page, problems) => {
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith("blob:")) problems.push(`request: ${request.url()}`);
    });
    page.on("popup", (popup) => problems.push(`popup: ${popup.url()}`));
    await use(page, problems);
    assert.equal(await page.evaluate((name) => name in window, CANARY), false, "a payload ran");
  });

  const wanted = (paths, live = false) => ({ paths, madeOf: MADE_OF, anywhere: ANYWHERE, hiding: HIDING, live });

  test("there are enough of them", () => assert(PAYLOADS.length >= 200, String(PAYLOADS.length)));

  test("files stay in the folder and apart where case does not count", () => {
    const odd = files.filter((path) => path.split("/").some((part) => !/^[a-z0-9_!~.-]{1,255}$/.test(part) || /^\.|\.$/.test(part)));
    assert.deepEqual(odd, []);
    assert.equal(new Set(files.map((path) => path.toLowerCase())).size, files.length);
    const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
    assert.deepEqual(files.filter((path) => path.split("/").some((part) => devices.test(part))), []);
  });

  test("no cell of a spreadsheet is a formula", async () => {
    for (const path of files.filter((path) => path.endsWith(".csv"))) {
      const text = await readFile(join(site, path), "utf8");
      const quoted = [...text.matchAll(/"((?:[^"]|"")*)"(?:,|\n)/g)].map(([, cell]) => cell.replaceAll('""', '"'));
      assert(quoted.length > 0 && quoted.length % 27 === 0, `${path}: ${quoted.length} cells`);
      // Some spreadsheets end a cell at these, whatever the quotes say, and drop white space and quotes before a formula.
      const cells = quoted.flatMap((cell) => cell.split(/[;\t\r\n]/));
      assert.deepEqual(cells.filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell)), [], path);
      assert.deepEqual(quoted.filter((cell) => /^[\t\r\n]/.test(cell)), [], path);
    }
  });

  test("every page is made of what pages are made of, and ends with its footer", () => withGuardedPage(strict.url, async (page, problems) => {
    await page.goto(strict.url);
    assert.deepEqual(await page.evaluate(faultsOfDocuments, wanted(pages)), []);
    assert.deepEqual(problems, []);
  }));

  // Loading takes its time: a page of each kind stands for those that have other payloads in the same places.
  for (const [name, share] of [["strict", 12], ["lax", 100]]) {
    test(`pages load without a word, and fit; ${name} policy`, () => {
      const { url } = name === "strict" ? strict : lax;
      return withGuardedPage(url, async (page, problems) => {
        const faults = [];
        const first = name === "strict" ? pages.filter((path) => /^([^/]+\/)?index\.html$/.test(path)) : [];
        for (const path of new Set([...first, ...spread(pages, pages.length / share)])) {
          await page.goto(new URL(path, url).href);
          for (const viewport of [SMALL, WIDE]) {
            await page.setViewportSize(viewport);
            const wide = [...await overflow(page), ...await page.evaluate(spilled)];
            if (wide.length > 0) faults.push(`${path}: ${viewport.width} px: ${wide.join(" ")}`);
          }
          faults.push(...problems.splice(0).map((problem) => `${path}: ${problem}`));
        }
        assert.deepEqual(faults, []);
      });
    });
  }

  /** What is wrong with the page as scripts have made it. */
  const drawn = async (page) => [...await page.evaluate(faultsOfDocuments, wanted([page.url()], true)), ...await overflow(page)];

  test("hits are drawn as text", () => withGuardedPage(strict.url, async (page, problems) => {
    await page.goto(strict.url);
    const { search, options } = searchOf(page);
    const faults = [];
    for (const query of ["canary", "script", "onerror", "javascript", "evil", "away", "passwd", "1", "issues", "x", "wwww"]) {
      await search(query);
      assert(await options.count() > 0, query);
      faults.push(...await drawn(page));
    }
    assert.deepEqual({ faults, problems }, { faults: [], problems: [] });
  }));

  test("filters and what they find are drawn as text", () => withGuardedPage(strict.url, async (page, problems) => {
    const faults = [];
    const list = (folder) => spread(pages.filter((path) => path.startsWith(folder) && /^[^/]+\/[^/]+\/index/.test(path)), 4);
    for (const path of ["index.html", "metrics/index.html", "events/index.html", ...list("groups/"), ...list("tiers/"), ...list("milestones/")]) {
      await page.goto(new URL(path, strict.url).href);
      const browse = page.locator("[data-browse]");
      if (await browse.count() === 0) continue;
      // The list on the first page of all comes when it is asked for.
      if (path === "index.html") await page.goto(new URL("?sort=name", page.url()).href);
      const more = browse.locator(".more");
      if (await more.isVisible()) await more.click();
      for (const menu of await browse.locator("details:visible").all()) {
        await menu.locator("summary").click();
        await menu.locator("li").first().waitFor();
      }
      faults.push(...await drawn(page));
      await browse.getByRole("searchbox").fill("canary OR x OR 1");
      await page.locator(".results").waitFor();
      await page.locator(".results tbody tr, .results .empty").first().waitFor();
      for (const viewport of [SMALL, WIDE]) {
        await page.setViewportSize(viewport);
        faults.push(...await drawn(page));
      }
    }
    assert.deepEqual({ faults, problems }, { faults: [], problems: [] });
  }));
});
