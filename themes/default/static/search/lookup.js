// The search that pages use: one index, opened when it is needed, and opened anew when a newer one has been published.

/** @typedef {{key: string, name: string, count: number}} ValueCount */

class Lookup {
  #load;
  /** @type {Promise<Index> | null} */
  #index = null;
  /** Which index's ids a result has. @type {WeakMap<Result, Index>} */
  #origins = new WeakMap();

  /** @param {Load} load */
  constructor(load) {
    this.#load = load;
  }

  /** Loads what every search needs. */
  open() {
    if (!this.#index) {
      this.#index = this.#load("core").then((core) => new Index(core, this.#load));
      this.#index.catch(() => this.#forget());
    }
    return this.#index;
  }

  /**
   * @param {string} query any text
   * @param {{most?: number}} options how many hits are wanted in their order
   */
  async search(query, { most = 10 } = {}) {
    const index = await this.open();
    try {
      return await this.#search(index, query, most);
    } catch {
      // The files of another build are gone, most likely because a newer one has been published.
      this.#forget();
      return this.#search(await this.open(), query, most);
    }
  }

  /**
   * The ids of all hits in their order.
   * @param {Result} result
   */
  async ordered(result) {
    const { core } = this.#origin(result);
    return result.ids.map((_, at) => at).sort(rankOrder(result, core.live)).map((at) => result.ids[at]);
  }

  /**
   * What lists show of documents of the last search.
   * @param {Iterable<number>} ids
   */
  async rows(ids) {
    const index = await this.open();
    try {
      return await index.rows(ids);
    } catch (error) {
      // A newer build has other ids: the next search opens it.
      this.#forget();
      throw error;
    }
  }

  /**
   * How many hits have each value of a facet.
   * @param {Result} result
   * @param {string} name
   * @returns {Promise<ValueCount[]>}
   */
  async counts(result, name) {
    const { sets, codes, list } = await this.#origin(result).facet(name);
    const bySet = new Uint32Array(sets.length);
    for (const id of result.ids) bySet[codes[id]] += 1;
    const counts = new Uint32Array(list.length);
    for (const [set, values] of sets.entries()) for (const value of values) counts[value] += bySet[set];
    return list.map(([key, value], place) => ({ key, name: value, count: counts[place] }));
  }

  /**
   * Which values of a facet a query asks for, and which it leaves out: their keys.
   * @param {Parsed} parsed
   * @param {string} name
   */
  async chosen({ filters }, name) {
    const { list, values } = await (await this.open()).facet(name);
    /** @param {boolean} left whether they are left out */
    const keys = (left) => {
      const asked = filters.filter(({ facet, not }) => facet === name && not === left);
      const places = asked.flatMap((filter) => filter.values.flatMap((value) => values.resolve(value).places));
      return new Set(places.map((place) => list[place][0]));
    };
    return { wanted: keys(false), unwanted: keys(true) };
  }

  /**
   * Where documents stand by a facet: the place of their first value among all, those without one last; and how many
   * places there are.
   * @param {string} name
   * @returns {Promise<{count: number, place: (id: number) => number}>}
   */
  async places(name) {
    const { sets, codes, list } = await (await this.open()).facet(name);
    const first = sets.map((set) => set[0] ?? list.length);
    return { count: list.length + 1, place: (id) => first[codes[id]] };
  }

  /** For idle times. Nobody waits for it, so what fails is left to the search that needs it. */
  async prefetch() {
    const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (globalThis.navigator ?? {});
    if (connection?.saveData) return;
    try {
      await (await this.open()).prefetch();
    } catch {
      // See above.
    }
  }

  /**
   * @param {Index} index
   * @param {string} query
   * @param {number} most
   */
  async #search(index, query, most) {
    const result = await searchIndex(index, query, most);
    this.#origins.set(result, index);
    return result;
  }

  /** @param {Result} result */
  #origin(result) {
    const index = this.#origins.get(result);
    if (!index) throw new Error("not a result of this lookup");
    return index;
  }

  #forget() {
    this.#index = null;
  }
}
