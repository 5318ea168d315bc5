// How much has to come over the wire before a page can be read.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, describe, test } from "node:test";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { openSites } from "./site.mjs";

const KB = 1024;
const MOST = { html: 30 * KB, page: 60 * KB, css: 15 * KB, js: 40 * KB };

const packed = (content) => gzipSync(content, { level: 9 }).length;

const sites = await openSites();
for (const site of sites) {
  describe(`weight: ${site.name}`, async () => {
    const assets = new Map();
    for (const name of await readdir(join(site.folder, "assets"))) {
      assets.set(name, packed(await readFile(join(site.folder, "assets", name))));
    }
    const total = (extension) => {
      return [...assets].filter(([name]) => extname(name) === extension).reduce((sum, [, size]) => sum + size, 0);
    };
    const pages = await Promise.all(site.items.map(async ({ url }) => {
      const html = await readFile(join(site.folder, url, "index.html"), "utf8");
      const loaded = [...html.matchAll(/(?:href|src)="[^"]*assets\/([^"/]+)"/g)].map(([, name]) => assets.get(name));
      assert(loaded.length > 0 && loaded.every(Boolean), `${url}: what it loads is in the site`);
      return { url, html: Buffer.byteLength(html), all: loaded.reduce((sum, size) => sum + size, packed(html)) };
    }));
    const heaviest = (part) => pages.toSorted((a, b) => b[part] - a[part])[0];

    test("the HTML of every item is small", (t) => {
      t.diagnostic(`heaviest: ${heaviest("html").html} bytes, ${heaviest("html").url}`);
      const heavy = pages.filter(({ html }) => html > MOST.html).sort((a, b) => b.html - a.html);
      assert.deepEqual(heavy.map(({ url, html }) => `${url}: ${html} bytes`), []);
    });

    test("so is an item with everything that it loads, compressed", (t) => {
      t.diagnostic(`heaviest: ${heaviest("all").all} bytes, ${heaviest("all").url}`);
      const heavy = pages.filter(({ all }) => all > MOST.page).sort((a, b) => b.all - a.all);
      assert.deepEqual(heavy.map(({ url, all }) => `${url}: ${all} bytes`), []);
    });

    for (const kind of ["css", "js"]) {
      test(`so is all ${kind.toUpperCase()}, compressed`, (t) => {
        t.diagnostic(`${total(`.${kind}`)} bytes`);
        assert(total(`.${kind}`) > 0 && total(`.${kind}`) <= MOST[kind], `${total(`.${kind}`)} bytes`);
      });
    }
  });
}
after(() => Promise.all(sites.map((site) => site.close())));
