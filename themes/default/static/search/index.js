// The index of one build: what its files hold, each loaded once, when it is needed.

/** Decoded postings take so many bytes at most, besides those that a search is using. */
const MOST_BYTES = 32e6;

/** What postings take besides their numbers, roughly. */
const POSTINGS_BYTES = 300;

/** What is loaded while nothing else is to do: indexes of at most so many bytes, so many files at once. */
const PREFETCH_BYTES = 1.6e6;
const PREFETCH_FILES = 6;

/**
 * @typedef {object} Core
 * @property {number} version
 * @property {string} folder
 * @property {number} documents
 * @property {number} live
 * @property {{name: string, boost: number, tokens: number, width: number, norms?: string}[]} fields
 * @property {[frequency: number, idf: number][]} idf
 * @property {string} shards
 * @property {{first: string, parts: {t: string, n: string}[] | null}} words
 * @property {number} chunk
 * @property {(Facet & {counts: number[] | null})[]} facets
 * @property {Record<string, number>} sizes
 */

/**
 * `norms` is null where every document counts as one token long. `lengths` and `once` are for each norm: BM25's part
 * that hangs on the length, and the part that hangs on the frequency where that is one.
 * @typedef {{name: string, boost: number, norms: Uint8Array | null, lengths: Float32Array, once: Float32Array}} Field
 */

/**
 * Where one term, or a phrase, stands in one field; `frequencies` is null where all are one.
 * @typedef {object} Postings
 * @property {Field} field
 * @property {Uint32Array} documents
 * @property {Uint32Array | null} frequencies
 * @property {number} idf
 * @property {number} weight
 */

/** @typedef {(Postings | null)[]} TermPostings for each field */

/** @typedef {(Uint32Array | null)[]} TermPositions for each field */

/** @typedef {{name: string, sets: number[][], codes: Uint8Array | Uint32Array, list: [key: string, name: string][], values: Values}} LoadedFacet */

/** @typedef {{name: string, kind: string, url: string, description: string, owner: string, category: string, status: string, time: string, removed: boolean}} Row */

class Index {
  core;
  fields;
  ranking;
  #load;
  #idf;
  #shards;
  #parts;
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** @type {Recent<TermPostings>} */
  #decoded = new Recent(MOST_BYTES);
  /** @type {Recent<TermPositions>} */
  #positions = new Recent(MOST_BYTES);

  /**
   * @param {Core} core
   * @param {Load} load for paths below the core's folder
   */
  constructor(core, load) {
    if (core.version !== 1) throw new Error(`version ${core.version} of the search index is not known`);
    this.core = core;
    this.#load = load;
    this.ranking = new Ranking(core.documents);
    this.fields = core.fields.map((field) => this.#field(field));
    this.#idf = new Map(core.idf.map(([frequency, idf]) => [frequency, f32(idf)]));
    this.#shards = firsts(core.shards);
    this.#parts = firsts(core.words.first);
  }

  /**
   * The postings of terms; those that do not exist are not in the map.
   * @param {Iterable<string>} terms
   */
  async postings(terms) {
    /** @type {Map<string, TermPostings>} */
    const found = new Map();
    await Promise.all(Array.from(terms, async (term) => {
      const postings = this.#decoded.get(term) ?? await this.#decode(term);
      if (postings) found.set(term, postings);
    }));
    return found;
  }

  /**
   * Of each field the places of terms in each of their documents, one document after the other, each but a document's
   * first one counted from the one before it.
   * @param {Iterable<string>} terms
   */
  async positions(terms) {
    /** @type {Map<string, TermPositions>} */
    const found = new Map();
    await Promise.all(Array.from(terms, async (term) => {
      const positions = this.#positions.get(term) ?? await this.#decodePositions(term);
      if (positions) found.set(term, positions);
    }));
    return found;
  }

  /** The whole dictionary. */
  dictionary() {
    return Promise.all(this.#parts.map((_, part) => this.#part(part)));
  }

  /**
   * The parts of the dictionary that have the terms beginning with a word.
   * @param {string} word
   */
  dictionaryFrom(word) {
    const parts = [];
    for (let part = Math.max(lastUpTo(this.#parts, word), 0); part < this.#parts.length; part += 1) {
      if (this.#parts[part] > word && !this.#parts[part].startsWith(word)) break;
      parts.push(this.#part(part));
    }
    return Promise.all(parts);
  }

  /**
   * @param {string} name
   * @returns {Promise<LoadedFacet>}
   */
  facet(name) {
    return this.#once(`facet ${name}`, async () => {
      const facet = this.core.facets.find((known) => known.name === name);
      if (!facet) throw new Error(`no facet is called ${name}`);
      const file = await this.#file(`f/${name}`);
      const list = facet.values ?? file.values;
      const codes = readCodes(file.codes, file.width, this.core.documents);
      return { name, sets: file.sets, codes, list, values: new Values(facet, list) };
    });
  }

  /**
   * What lists show of documents.
   * @param {Iterable<number>} ids
   * @returns {Promise<Row[]>}
   */
  rows(ids) {
    const { chunk, live } = this.core;
    return Promise.all(Array.from(ids, async (id) => {
      const rows = await this.#file(`d/${Math.floor(id / chunk)}`);
      const at = id % chunk;
      const text = (/** @type {string} */ column) => rows[column]?.[at] ?? "";
      const kind = rows.kind[at] === "e" ? "event" : "metric";
      return {
        name: text("name"), kind, url: `${kind}s/${text("slug") || text("name")}/`, description: text("description"),
        owner: text("owner"), category: text("category"), status: text("status"), time: text("time"), removed: id >= live,
      };
    }));
  }

  /** Loads what is left of an index that is small. */
  async prefetch() {
    if (this.core.sizes.t + this.core.sizes.w > PREFETCH_BYTES) return;
    await this.dictionary();
    for (let from = 0; from < this.#shards.length; from += PREFETCH_FILES) {
      const some = this.#shards.slice(from, from + PREFETCH_FILES);
      await Promise.all(some.map((_, place) => this.#shard(from + place)));
    }
  }

  /**
   * @param {Core["fields"][number]} field
   * @returns {Field}
   */
  #field({ name, boost, tokens, width, norms }) {
    const { documents } = this.core;
    const lengths = lengthParts(tokens, documents);
    return {
      name, boost: f32(boost), lengths, once: lengths.map((length) => frequencyPart(1, length)),
      norms: width > 0 ? Uint8Array.from(readCodes(norms ?? "", width, documents)) : null,
    };
  }

  /**
   * What is asked for the first time, and again where that failed.
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  #once(key, make) {
    let made = this.#files.get(key);
    if (!made) {
      made = make();
      this.#files.set(key, made);
      made.catch(() => this.#files.delete(key));
    }
    return made;
  }

  /** @param {string} path */
  #file(path) {
    return this.#once(path, () => this.#load(path));
  }

  /**
   * @param {number} part
   * @returns {Promise<Terms>}
   */
  #part(part) {
    return this.#once(`words ${part}`, async () => new Terms(this.core.words.parts?.[part] ?? await this.#load(`w/${part}`)));
  }

  /**
   * @param {number} shard
   * @returns {Promise<{terms: string[], postings: string[][]}>}
   */
  #shard(shard) {
    return this.#once(`shard ${shard}`, async () => {
      const { t, p } = await this.#load(`t/${shard}`);
      return { terms: t.split(" "), postings: p };
    });
  }

  /**
   * Where the shards have a term.
   * @param {string} term
   */
  async #place(term) {
    const number = lastUpTo(this.#shards, term);
    if (number < 0) return null;
    const shard = await this.#shard(number);
    const at = firstFrom(shard.terms, term);
    return shard.terms[at] === term ? { number, shard, at } : null;
  }

  /** @param {string} term */
  async #decode(term) {
    const place = await this.#place(term);
    if (!place) return undefined;
    const written = place.shard.postings[place.at];
    let bytes = 0;
    const postings = this.fields.map((field, number) => {
      if (!written[2 * number]) return null;
      const decoded = this.#fieldPostings(field, written[2 * number], written[2 * number + 1]);
      bytes += POSTINGS_BYTES + decoded.documents.byteLength + (decoded.frequencies?.byteLength ?? 0);
      return decoded;
    });
    this.#decoded.put(term, postings, bytes);
    return postings;
  }

  /** @param {string} term */
  async #decodePositions(term) {
    const place = await this.#place(term);
    if (!place) return undefined;
    /** @type {string[]} */
    const written = (await this.#file(`p/${place.number}`)).p[place.at];
    const positions = this.fields.map((_, field) => (written[field] ? readNumbers(written[field]) : null));
    this.#positions.put(term, positions, positions.reduce((bytes, list) => bytes + (list?.byteLength ?? 0), POSTINGS_BYTES));
    return positions;
  }

  /**
   * @param {Field} field
   * @param {string} written
   * @param {string | undefined} frequent frequencies above one
   * @returns {Postings}
   */
  #fieldPostings(field, written, frequent) {
    const documents = addUp(readNumbers(written));
    let frequencies = null;
    if (frequent) {
      frequencies = new Uint32Array(documents.length).fill(1);
      const pairs = readNumbers(frequent);
      for (let pair = 0, at = -1; pair < pairs.length; pair += 2) {
        at += pairs[pair] + 1;
        frequencies[at] = pairs[pair + 1] + 2;
      }
    }
    const idf = /** @type {number} */ (this.#idf.get(documents.length));
    return { field, documents, frequencies, idf, weight: weightOf(idf, field.boost) };
  }
}

/**
 * What was used last, up to a number of bytes.
 * @template T
 */
class Recent {
  #most;
  #bytes = 0;
  /** The oldest first. @type {Map<string, {value: T, bytes: number}>} */
  #entries = new Map();

  /** @param {number} most */
  constructor(most) {
    this.#most = most;
  }

  /** @param {string} key */
  get(key) {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /**
   * @param {string} key
   * @param {T} value
   * @param {number} bytes
   */
  put(key, value, bytes) {
    this.#drop(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#most) break;
      this.#drop(oldest);
    }
  }

  /** @param {string} key */
  #drop(key) {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}

/** @param {string} joined the first terms of some files */
function firsts(joined) {
  return joined === "" ? [] : joined.split(" ");
}

/**
 * The place of the last string that is not behind another; −1 if all are.
 * @param {string[]} sorted
 * @param {string} text
 */
function lastUpTo(sorted, text) {
  const place = firstFrom(sorted, text);
  return sorted[place] === text ? place : place - 1;
}
