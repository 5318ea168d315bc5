// Writes seeds into fuzz/seeds/: the payloads that the browser tests try everywhere, a file each, and the definitions made
// of them.
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeInfested } from "../tests/browser/infested.mjs";
import { PAYLOADS } from "../tests/browser/payloads.mjs";

const folder = fileURLToPath(new URL("seeds", import.meta.url));
const fresh = async (name) => {
  await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(join(folder, name), { recursive: true });
};

await fresh("texts");
await Promise.all(PAYLOADS.map((text, index) => writeFile(join(folder, "texts", String(index)), text)));

await fresh("project");
await fresh("definitions");
await writeInfested(join(folder, "project"));
const files = await readdir(join(folder, "project/definitions"), { recursive: true, withFileTypes: true });
await Promise.all(files.filter((file) => file.isFile()).map((file, index) => (
  cp(join(file.parentPath, file.name), join(folder, "definitions", String(index)))
)));
await rm(join(folder, "project"), { recursive: true });
