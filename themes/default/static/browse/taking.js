// Taking a result along: the lines of the whole dictionary's files that belong to it, which is what `export --query`
// prints, byte for byte.

/**
 * A file of the whole dictionary; one for all, however many are taken along.
 * @param {string} root
 * @param {"csv" | "ndjson"} format
 */
async function wholeExport(root, format) {
  const answer = await fetch(`${root}export/dictionary.${format}`);
  if (!answer.ok) throw new Error(`export/dictionary.${format}: ${answer.status}`);
  return answer.text();
}

/**
 * @param {Set<string>} urls of the items
 * @param {string} root
 */
async function resultAsCsv(urls, root) {
  const [header, ...records] = csvRecords(await wholeExport(root, "csv"));
  const place = csvFields(header).indexOf("url");
  return [header, ...records.filter((record) => urls.has(csvFields(record)[place]))].join("");
}

/**
 * @param {Set<string>} urls
 * @param {string} root
 */
async function resultAsJson(urls, root) {
  const lines = (await wholeExport(root, "ndjson")).split("\n").filter(Boolean);
  const kept = lines.filter((line) => urls.has(JSON.parse(line).url));
  return `{"version":1,"items":[${kept.map((line, place) => `${place === 0 ? "\n" : ",\n"}${line}`).join("")}\n]}\n`;
}

/**
 * The records of a CSV text as they stand in it. All fields are quoted: a line break in quotes ends none.
 * @param {string} text
 * @returns {string[]}
 */
function csvRecords(text) {
  return text.match(/(?:[^"\n]|"(?:[^"]|"")*")+\n/g) ?? [];
}

/** @param {string} record */
function csvFields(record) {
  return Array.from(record.matchAll(/"((?:[^"]|"")*)"/g), ([, field]) => field.replaceAll('""', '"'));
}

/**
 * Hands a text to the browser as a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function download(name, type, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has taken what it needs by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
