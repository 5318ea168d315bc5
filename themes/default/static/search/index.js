// The index of one build: what its files hold, each loaded once, when it is needed.

/** Decoded postings take so many bytes at most, besides those that a search is using. */
const MOST_BYTES = 32e6;

/** What a term takes besides its numbers, roughly. */
const ENTRY_BYTES = 500;

/** Indexes of at most so many bytes are loaded while nothing else is to do. */
const PREFETCH_BYTES = 1.6e6;

/**
 * @typedef {object} Core
 * @property {number} version
 * @property {{words: string, facets: string}} folders
 * @property {number} documents
 * @property {number} live
 * @property {{name: string, boost: number, tokens: number, width: number, norms?: string}[]} fields
 * @property {[frequency: number, idf: number][]} idf
 * @property {string} shards
 * @property {{first: string, parts: {t: string, n: string}[] | null}} words
 * @property {{documents: number, files: number, folders: string[]}} rows
 * @property {(Facet & {counts: number[] | null})[]} facets
 * @property {{t: number, w: number}} sizes
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

/** @typedef {{name: string, sets: number[][], codes: Uint8Array | Uint32Array, list: [key: string, name: string][], values: Values}} LoadedFacet */

/** @typedef {{name: string, kind: string, url: string, description: string, owner: string, category: string, status: string, time: string, since: string, removed: boolean}} Row */

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
  #postings = new Recent();

  /**
   * @param {Core} core
   * @param {Load} load
   */
  constructor(core, load) {
    if (core.version !== 2) throw new Error(`version ${core.version} of the search index is not known`);
    this.core = core;
    this.#load = load;
    this.ranking = new Ranking(core.documents);
    this.fields = core.fields.map((field) => this.#field(field));
    this.#idf = new Map(core.idf.map(([frequency, idf]) => [frequency, f32(idf)]));
    this.#shards = firsts(core.shards);
    this.#parts = firsts(core.words.first);
  }

  /**
   * The postings of terms, and of phrases: terms joined by spaces. What does not exist is not in the map.
   * @param {Iterable<string>} texts
   */
  async postings(texts) {
    /** @type {Map<string, TermPostings>} */
    const found = new Map();
    await Promise.all(Array.from(texts, async (text) => {
      let fields = this.#postings.get(text) ?? null;
      if (!fields) {
        fields = await (text.includes(" ") ? this.#phrase(text.split(" ")) : this.#term(text));
        if (!fields) return;
        this.#postings.put(text, fields);
      }
      found.set(text, fields);
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
      const file = await this.#load(`${this.core.folders.facets}/f/${name}`);
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
    const { rows: { documents, files, folders }, live } = this.core;
    return Promise.all(Array.from(ids, async (id) => {
      const file = Math.floor(id / documents);
      const rows = await this.#file(`${folders[Math.floor(file / files)]}/d/${file}`);
      const at = id % documents;
      /** @param {string} column */
      const text = (column) => rows[column]?.[at] ?? "";
      const kind = rows.kind[at] === "e" ? "event" : "metric";
      return {
        name: text("name"), kind, url: `${kind}s/${text("slug") || text("name")}/`, description: text("description"),
        owner: text("owner"), category: text("category"), status: text("status"), time: text("time"), since: text("since"), removed: id >= live,
      };
    }));
  }

  /** Loads what is left of an index that is small. */
  async prefetch() {
    if (this.core.sizes.t + this.core.sizes.w > PREFETCH_BYTES) return;
    await this.dictionary();
    // One after the other, so that what a search needs has not to wait behind them.
    for (const shard of this.#shards.keys()) await this.#shard(shard);
  }

  /**
   * @param {Core["fields"][number]} field
   * @returns {Field}
   */
  #field({ name, boost, tokens, width, norms: written = "" }) {
    const { documents } = this.core;
    const lengths = lengthParts(tokens, documents);
    /** Read once words are asked for: filters alone need none. @type {Uint8Array | null} */
    let read = null;
    return {
      name, boost: f32(boost), lengths, once: lengths.map((length) => frequencyPart(1, length)),
      get norms() {
        return width > 0 ? read ??= new Uint8Array(readCodes(written, width, documents)) : null;
      },
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

  /** @param {string} path below the folder of words */
  #word(path) {
    return this.#load(`${this.core.folders.words}/${path}`);
  }

  /**
   * @param {number} part
   * @returns {Promise<Terms>}
   */
  #part(part) {
    return this.#once(`words ${part}`, async () => new Terms(this.core.words.parts?.[part] ?? await this.#word(`w/${part}`)));
  }

  /**
   * @param {number} shard
   * @returns {Promise<{terms: string[], postings: string[][]}>}
   */
  #shard(shard) {
    return this.#once(`shard ${shard}`, async () => {
      const { t, p } = await this.#word(`t/${shard}`);
      return { terms: t.split(" "), postings: p };
    });
  }

  /**
   * @param {string} term
   * @returns {Promise<TermPostings | null>}
   */
  async #term(term) {
    const place = await this.#place(term);
    return place && this.#termPostings((await this.#shard(place.shard)).postings[place.at]);
  }

  /**
   * @param {string[]} terms
   * @returns {Promise<TermPostings>}
   */
  async #phrase(terms) {
    const [postings, positions] = await Promise.all([this.postings(terms), Promise.all(terms.map((term) => this.#positions(term)))]);
    return this.fields.map((_, field) => (
      phrasePostings(terms.map((term) => postings.get(term)?.[field]), positions.map((fields) => fields[field]))
    ));
  }

  /**
   * Of each field the places of a term in each of its documents, one document after the other, each but a document's
   * first one counted from the one before it.
   * @param {string} term
   */
  async #positions(term) {
    const place = await this.#place(term);
    /** @type {string[]} */
    const written = place ? (await this.#once(`positions ${place.shard}`, () => this.#word(`p/${place.shard}`))).p[place.at] : [];
    return written.map((numbers) => (numbers ? readNumbers(numbers) : null));
  }

  /**
   * Where the shards have a term.
   * @param {string} term
   */
  async #place(term) {
    const shard = lastUpTo(this.#shards, term);
    if (shard < 0) return null;
    const { terms } = await this.#shard(shard);
    const at = firstFrom(terms, term);
    return terms[at] === term ? { shard, at } : null;
  }

  /**
   * @param {string[]} written
   * @returns {TermPostings}
   */
  #termPostings(written) {
    return this.fields.map((field, at) => (written[2 * at] ? this.#fieldPostings(field, written[2 * at], written[2 * at + 1]) : null));
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
    const idf = this.#idf.get(documents.length) ?? 0;
    return { field, documents, frequencies, idf, weight: weightOf(idf, field.boost) };
  }
}

/** What was decoded or used last, up to a number of bytes. */
class Recent {
  #bytes = 0;
  /** The oldest first. @type {Map<string, TermPostings>} */
  #entries = new Map();

  /** @param {string} text */
  get(text) {
    const entry = this.#entries.get(text);
    if (entry) {
      this.#entries.delete(text);
      this.#entries.set(text, entry);
    }
    return entry;
  }

  /**
   * @param {string} text
   * @param {TermPostings} entry
   */
  put(text, entry) {
    this.#drop(text);
    this.#entries.set(text, entry);
    this.#bytes += bytesOf(entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest);
    }
  }

  /** @param {string} text */
  #drop(text) {
    const entry = this.#entries.get(text);
    if (entry && this.#entries.delete(text)) this.#bytes -= bytesOf(entry);
  }
}

/** @param {TermPostings} fields */
function bytesOf(fields) {
  return fields.reduce((bytes, field) => bytes + (field?.documents.byteLength ?? 0) + (field?.frequencies?.byteLength ?? 0), ENTRY_BYTES);
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
