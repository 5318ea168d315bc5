// How soon the browser shows an edit while `serve` watches. No part of tests/run:
//
//   (cd tests/browser && npm ci)
//   cargo bench --bench scale -- write 10000 /dev/shm/dictionary
//   CHROMIUM=… METRICS_DICTIONARY=target/release/metrics-dictionary node benches/serve.mjs /dev/shm/dictionary
//
// The argument is the folder of a project, of which one definition is edited, and left as it was.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { launch } from "../tests/browser/browser.mjs";

const ROUNDS = 9;

/** A definition of a metric that keeps its key_path as its name: its file and its page. */
async function someMetric(project) {
  const files = await readdir(join(project, "definitions/metrics"), { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".yml")).sort()) {
    const path = join(project, "definitions/metrics", file);
    const text = await readFile(path, "utf8");
    const [, name] = /^key_path: "?([a-z_.0-9]+)"?$/m.exec(text) ?? [];
    if (name && /^description: [^>|]/m.test(text) && /^(time_frame: .*|- all)$/m.test(text)) return { path, text, name };
  }
  throw new Error(`no metric of all time below ${project}`);
}

/** Starts `serve`, and gives the address that it prints. */
async function serve(project) {
  const options = ["-q", "-C", project, "serve", "--port", "0"];
  const child = spawn(resolve(process.env.METRICS_DICTIONARY), options, { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  process.once("SIGTERM", () => process.exit(1));
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return url;
}

/**
 * Has each page tell its description once it has painted it: to ask a page that reloads takes up to half a second longer.
 * Gives how to wait for one with a word.
 */
async function watchDescription(page) {
  let told = () => {};
  await page.exposeFunction("tell", (description) => told(description));
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      // The second frame comes after the first was painted.
      const tell = () => window.tell(document.querySelector(".description")?.textContent ?? "");
      requestAnimationFrame(() => requestAnimationFrame(tell));
    });
  });
  return (word) => new Promise((resolve) => {
    told = (description) => {
      if (description.includes(word)) resolve();
    };
  });
}

const project = process.argv[2];
const { path, text, name } = await someMetric(project);
const url = await serve(project);
const browser = await launch();
try {
  const page = await browser.newPage();
  const shown = await watchDescription(page);
  await page.goto(new URL(`metrics/${name}/`, url).href);
  const taken = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // At rest, as it is while someone types.
    await page.waitForTimeout(1500);
    const word = `Edited${round}`;
    const seen = shown(word);
    const start = performance.now();
    await writeFile(path, text.replace(/^description:.*(\n .*)*/m, `description: ${word}`));
    await seen;
    taken.push(performance.now() - start);
  }
  const sorted = taken.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[Math.floor(ROUNDS / 2)], sorted[ROUNDS - 1]].map(Math.round);
  console.log(`from an edit of ${name} to the page in the browser: ${median} ms (${least} to ${most}), ${ROUNDS} times`);
} finally {
  await writeFile(path, text);
  await browser.close();
}
process.exit();
