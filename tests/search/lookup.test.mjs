// What pages use: loading, new builds, rows, counts, notices.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FACETS, randomDocuments, randomQuery } from "./corpus.mjs";
import { engine } from "./engine.mjs";
import { randomFrom } from "./random.mjs";
import { loaderOf, writeIndex } from "./writer.mjs";

const documents = randomDocuments(3, 100);
const files = writeIndex(documents, FACETS, { large: ["tier"] });

/** @param {string} name @param {object} more */
function document(name, { description = [], kind = "metric", removed = false, group = "ci" } = {}) {
  return {
    name: name.split("_"), owner: [], description, code: [], removed, row: { kind, name, description: description.join(" "), status: "active" },
    facets: { kind: [kind], group: [group], tier: [] },
  };
}

const few = [
  document("ci_builds", { description: ["pipelines", "and", "runners"] }),
  document("ci_builds_monthly"),
  document("pipeline_count", { group: "plan" }),
  document("runner_count", { kind: "event" }),
  document("builds", { removed: true, description: ["ci"] }),
  document("pipeline", { removed: true }),
];

const fewLookup = () => new engine.Lookup(loaderOf(writeIndex(few, FACETS)).load);

describe("loading", () => {
  test("each file once, and only what is needed", async () => {
    const { load, asked } = loaderOf(files);
    const lookup = new engine.Lookup(load);
    await lookup.open();
    assert.deepEqual([...asked], [["core", 1]]);
    const random = randomFrom(1);
    const queries = random.many(50, () => randomQuery(random, documents));
    for (const query of [...queries, ...queries]) await lookup.rows((await lookup.search(query)).hits.map(({ id }) => id));
    assert.ok([...asked.values()].every((times) => times === 1));
    assert.ok([...asked.keys()].every((path) => path === "core" || path.startsWith("abc-")));
  });

  test("searches at once do not disturb one another", async () => {
    const random = randomFrom(2);
    const queries = random.many(100, () => randomQuery(random, documents));
    const alone = [];
    for (const query of queries) alone.push(await new engine.Lookup(loaderOf(files).load).search(query));
    const { load } = loaderOf(files);
    const late = (path) => new Promise((resolve) => { setTimeout(() => resolve(load(path)), random.below(5)); });
    const lookup = new engine.Lookup(late);
    assert.deepEqual(await Promise.all(queries.map((query) => lookup.search(query))), alone);
  });

  test("a new build is opened when the old one's files are gone", async () => {
    let published = files;
    const lookup = new engine.Lookup((path) => loaderOf(published).load(path));
    await lookup.search("ci");
    published = writeIndex(few, FACETS, { folder: "def" });
    const { hits } = await lookup.search("monthly ci builds");
    assert.equal((await lookup.rows(hits.map(({ id }) => id)))[0].name, "ci_builds_monthly");
  });

  test("what stays away is an error, and asked for again the next time", async () => {
    let broken = true;
    const { load, asked } = loaderOf(files);
    const lookup = new engine.Lookup((path) => (broken && path.includes("/t/") ? Promise.reject(new Error("gone")) : load(path)));
    await assert.rejects(lookup.search("ci"), /gone/);
    assert.equal(asked.get("core"), 2);
    broken = false;
    assert.ok((await lookup.search("ci")).total > 0);
    await assert.rejects(new engine.Lookup(() => Promise.reject(new Error("no core"))).open(), /no core/);
    await assert.rejects(new engine.Lookup(async () => ({ ...files.core, version: 3 })).open(), /version 3/);
  });

  test("rows of a build that is gone are an error, and the next search opens the new one", async () => {
    let published = files;
    const lookup = new engine.Lookup((path) => loaderOf(published).load(path));
    const { ids } = await lookup.search("ci");
    published = writeIndex(few, FACETS, { folder: "def" });
    await assert.rejects(lookup.rows(ids), /404/);
    assert.equal((await lookup.search("")).total, few.length);
  });

  test("what is left of a small index is loaded ahead, of a large one nothing", async () => {
    const { load, asked } = loaderOf(files);
    await new engine.Lookup(load).prefetch();
    const loaded = (family) => [...asked.keys()].filter((path) => path.startsWith(`abc-words/${family}/`)).length;
    assert.equal(loaded("t"), files.core.shards.split(" ").length);
    assert.equal(loaded("w"), files.core.words.first.split(" ").length);
    const large = loaderOf({ ...files, core: { ...files.core, sizes: { t: 1.5e6, w: 2e5 } } });
    await new engine.Lookup(large.load).prefetch();
    assert.deepEqual([...large.asked.keys()], ["core"]);
    await new engine.Lookup(() => Promise.reject(new Error("offline"))).prefetch();
  });
});

describe("results", () => {
  test("rows are what lists show", async () => {
    const [first, , , event, removed] = await fewLookup().rows([0, 1, 2, 3, 4]);
    assert.deepEqual(first, {
      name: "ci_builds", kind: "metric", url: "metrics/ci_builds/", description: "pipelines and runners", owner: "", category: "",
      status: "active", time: "", since: "", removed: false,
    });
    assert.equal(event.url, "events/runner_count/");
    assert.equal(removed.removed, true);
  });

  test("counts are those of the hits", async () => {
    const lookup = new engine.Lookup(loaderOf(files).load);
    const result = await lookup.search("ci");
    for (const { name, values } of FACETS) {
      const expected = values.map(([key, title]) => ({
        key, name: title, count: Array.from(result.ids).filter((id) => documents[id].facets[name].includes(key)).length,
      }));
      assert.deepEqual(await lookup.counts(result, name), expected);
    }
    await assert.rejects(lookup.counts(result, "constructor"), /no facet/);
  });

  test("the exact name comes first even if it is removed", async () => {
    const lookup = fewLookup();
    const { hits } = await lookup.search("Builds");
    assert.deepEqual(hits.map(({ id, tier }) => [id, tier]), [[4, 1], [0, 2], [1, 2]]);
  });

  test("what was found is to be marked", async () => {
    assert.deepEqual([...(await fewLookup().search("pipel")).terms], ["pipeline", "pipelines"]);
  });

  const notices = {
    "ci group:plan": "Nothing within the filters; 3 without them",
    "pipline group:CI,plan,nobody group:nobody": "No group is called `nobody`",
    "bulids ipelines": "Nothing has `bulids` and `ipelines`; these have words like them",
    "ci monthly pipeline": "Nothing has all 3 words; these have 2 of them",
    "runers": "Nothing has `runers`; these have a word like it",
    "ipelin": "Nothing has `ipelin`; these have a word like it",
    "zzzz": undefined,
  };
  for (const [query, text] of Object.entries(notices)) {
    test(`notice: ${query}`, async () => {
      const { notices: found } = await fewLookup().search(query);
      assert.equal(found[0]?.text, text);
    });
  }
});

describe("sources", () => {
  test("over http only the core is asked for anew", async (context) => {
    const asked = [];
    context.mock.method(globalThis, "fetch", async (url, options) => {
      asked.push([url, options]);
      return url.endsWith("t/9.json") ? new Response("", { status: 404 }) : Response.json({ from: url });
    });
    const load = engine.fetchFrom("../lookup/");
    assert.deepEqual(await load("core"), { from: "../lookup/core.json" });
    assert.deepEqual(await load("abc/t/1"), { from: "../lookup/abc/t/1.json" });
    await assert.rejects(load("abc/t/9"), /404/);
    assert.deepEqual(asked.map(([, options]) => options), [{ cache: "no-cache" }, {}, {}]);
  });

  test("from a disk scripts call with their values", async () => {
    const page = {
      currentScript: null,
      createElement: () => ({ remove() {} }),
      head: {
        append: (script) => setTimeout(() => {
          if (script.src.includes("missing")) return script.onerror();
          page.currentScript = script;
          globalThis.lookup("t/3", script.src);
          page.currentScript = null;
          return script.onload();
        }, script.src.includes("/a/") ? 5 : 0),
      },
    };
    globalThis.document = page;
    const load = engine.scriptsFrom("lookup/");
    assert.deepEqual(await Promise.all([load("a/t/3"), load("b/t/3")]), ["lookup/a/t/3.js", "lookup/b/t/3.js"]);
    await assert.rejects(load("missing"), /missing/);
    delete globalThis.document;
    delete globalThis.lookup;
  });
});
