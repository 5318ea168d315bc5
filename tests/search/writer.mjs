// Writes the files of an index for a handful of documents, as docs/search.md describes them. Words come ready-made: a field
// is a list of words, in which `null` stands for one that is too long.
export const FIELDS = [
  { name: "name", boost: 3, norms: true },
  { name: "owner", boost: 1.5, norms: false },
  { name: "description", boost: 1, norms: true },
  { name: "code", boost: 0.75, norms: false },
];

const ALPHABET = Array.from({ length: 91 }, (_, at) => String.fromCharCode(0x23 + at))
  .filter((digit) => !"'\\`<&".includes(digit))
  .join("");

/** @param {number} number */
export function variable(number) {
  const digit = number % 43;
  return number < 43 ? ALPHABET[digit] : ALPHABET[43 + digit] + variable((number - digit) / 43);
}

/** @param {number} number @param {number} width */
export function fixed(number, width) {
  return width === 0 ? "" : fixed(Math.floor(number / 86), width - 1) + ALPHABET[number % 86];
}

/** tantivy's lengths: all up to 40, then of each power of two the eighths. */
export const NORM_LENGTHS = [...Array(24).keys()];
for (let step = 0; NORM_LENGTHS.length < 256; step += 1) {
  for (let eighth = 0; eighth < 8; eighth += 1) {
    NORM_LENGTHS.push(24 + (step === 0 ? eighth : 2 ** (step - 1) * (8 + eighth)));
  }
}

/** @param {number} length */
export function normId(length) {
  return NORM_LENGTHS.findLastIndex((least) => least <= length);
}

/** @param {number} frequency @param {number} documents */
export function idf(frequency, documents) {
  const f = Math.fround;
  return f(Math.log(f(1 + f(f(documents - frequency + 0.5) / f(frequency + 0.5)))));
}

const trimmed = (list) => list.slice(0, list.findLastIndex((text) => text !== "") + 1);

const deltas = (numbers) => numbers.map((number, at) => variable(at === 0 ? number : number - numbers[at - 1])).join("");

const inParts = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size));

function postingTexts(places) {
  const ids = [...places.keys()];
  let last = -1;
  let frequent = "";
  ids.forEach((id, at) => {
    const frequency = places.get(id).length;
    if (frequency === 1) return;
    frequent += variable(at - last - 1) + variable(frequency - 2);
    last = at;
  });
  return [deltas(ids), frequent];
}

function facetFile(facet, documents) {
  const sets = new Map();
  const codes = documents.map((document) => {
    const places = document.facets[facet.name].map((key) => facet.values.findIndex(([known]) => known === key));
    const key = JSON.stringify(places);
    if (!sets.has(key)) sets.set(key, { code: sets.size, places });
    return sets.get(key).code;
  });
  const width = sets.size === 1 ? 0 : sets.size <= 86 ? 1 : 2;
  return { sets: [...sets.values()].map(({ places }) => places), width, codes: codes.map((code) => fixed(code, width)).join("") };
}

/**
 * @param {any[]} documents in the order of their ids: fields, `row`, `removed`, `facets` (keys of each facet)
 * @param {any[]} facets
 */
export function writeIndex(documents, facets, { folder = "abc", chunk = 3, rowFiles = 2, shard = 7, part = 5, inline = false, large = [] } = {}) {
  const files = {};
  const folders = { words: `${folder}-words`, facets: `${folder}-facets` };
  const write = (path, value) => { files[`${path.startsWith("f/") ? folders.facets : folders.words}/${path}`] = value; };
  const rowFolders = [];
  // Of each term, of each field, its places in each document.
  const terms = new Map();
  documents.forEach((document, id) => FIELDS.forEach(({ name }, field) => document[name].forEach((word, place) => {
    if (word === null) return;
    if (!terms.has(word)) terms.set(word, FIELDS.map(() => new Map()));
    const places = terms.get(word)[field];
    places.set(id, [...(places.get(id) ?? []), place]);
  })));
  const sorted = [...terms.keys()].sort();
  const shards = inParts(sorted, shard);
  shards.forEach((some, number) => {
    const fields = some.map((term) => terms.get(term));
    write(`t/${number}`, { t: some.join(" "), p: fields.map((each) => trimmed(each.flatMap(postingTexts))) });
    write(`p/${number}`, { p: fields.map((each) => trimmed(each.map((places) => [...places.values()].map(deltas).join("")))) });
  });
  const parts = inParts(sorted, part).map((some) => ({
    t: some.join(" "),
    n: some.map((term) => variable(Math.max(...terms.get(term).map((places) => places.size)))).join(""),
  }));
  if (!inline) parts.forEach((each, number) => write(`w/${number}`, each));
  const column = (rows, name) => trimmed(rows.map((row) => row[name] ?? ""));
  inParts(documents.map(({ row }) => row), chunk).forEach((rows, number) => {
    if (number % rowFiles === 0) rowFolders.push(`${folder}-rows-${rowFolders.length}`);
    files[`${rowFolders.at(-1)}/d/${number}`] = {
      kind: rows.map((row) => row.kind[0]).join(""),
      ...Object.fromEntries(["name", "slug", "description", "owner", "category", "status", "time"].map((name) => [name, column(rows, name)])),
    };
  });
  const described = facets.map((facet) => {
    const counts = facet.values.map(([key]) => documents.filter((document) => document.facets[facet.name].includes(key)).length);
    const file = facetFile(facet, documents);
    const own = large.includes(facet.name);
    write(`f/${facet.name}`, own ? { ...file, values: facet.values, counts } : file);
    return own ? { ...facet, values: null, counts: null } : { ...facet, counts };
  });
  const lengths = FIELDS.map(({ name }) => documents.map((document) => document[name].filter((word) => word !== null).length));
  const frequencies = new Set([...terms.values()].flat().map((places) => places.size).filter(Boolean));
  files.core = {
    version: 2, folders, documents: documents.length, live: documents.filter(({ removed }) => !removed).length,
    fields: FIELDS.map(({ name, boost, norms }, field) => ({
      name, boost, tokens: lengths[field].reduce((sum, length) => sum + length, 0), width: norms ? 2 : 0,
      ...(norms ? { norms: lengths[field].map((length) => fixed(normId(length), 2)).join("") } : {}),
    })),
    idf: [...frequencies].map((frequency) => [frequency, idf(frequency, documents.length)]),
    shards: shards.map(([first]) => first).join(" "),
    words: { first: inParts(sorted, part).map(([first]) => first).join(" "), parts: inline ? parts : null },
    rows: { documents: chunk, files: rowFiles, folders: rowFolders }, facets: described, sizes: { t: 1000, w: 1000 },
  };
  return files;
}

/**
 * Loads files that were written, by way of their text, and counts how often each is asked for.
 * @param {Record<string, any>} files
 */
export function loaderOf(files) {
  const asked = new Map();
  const load = async (path) => {
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (!Object.hasOwn(files, path)) throw new Error(`${path}: 404`);
    return JSON.parse(JSON.stringify(files[path]));
  };
  return { load, asked };
}
