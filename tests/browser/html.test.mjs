// The pages as files: valid HTML.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import config from "./.htmlvalidate.mjs";
import { openSites } from "./site.mjs";

const sites = await openSites();
for (const site of sites) {
  describe(`html: ${site.name}`, () => {
    for (const [kind, path] of Object.entries({ ...site.pages, "missing page": "404.html" })) {
      test(`${kind} is valid`, async () => {
        const { results } = await new HtmlValidate(config).validateFile(join(site.folder, path));
        const messages = results.flatMap((result) => result.messages);
        assert.deepEqual(messages.map((it) => `${path}:${it.line}:${it.column} ${it.ruleId}: ${it.message}`), []);
      });
    }
  });
}
after(() => Promise.all(sites.map((site) => site.close())));
