// Sites to measure, served as a web server would.
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "../tests/search/corpora.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };

/**
 * Hands over the folder of each site: built of so many generated definitions, or built already.
 * @param {string[]} wanted a number of definitions, or a folder
 * @param {(site: string) => Promise<void>} measure
 */
export async function forEachSite(wanted, measure) {
  for (const site of wanted) {
    if (await stat(site).catch(() => null)) {
      await measure(site);
    } else {
      const corpus = await build("a generated one", { size: Number(site) });
      await measure(corpus.site);
      await corpus.remove();
    }
  }
}

/** Serves a folder with gzip, and counts the bytes on the wire, heads included. */
export async function serve(folder) {
  const sockets = new Set();
  const packed = new Map();
  const pack = async (path) => {
    if (!packed.has(path)) packed.set(path, await promisify(gzip)(await readFile(path)));
    return packed.get(path);
  };
  const server = createServer(async (request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const head = { "content-type": TYPES[extname(path)] ?? "text/plain", "content-encoding": "gzip", "cache-control": "no-store" };
    try {
      const content = await pack(path);
      response.writeHead(200, head).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    sent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: () => { server.close(); server.closeAllConnections(); },
  };
}
