// Searching: which tiers a query has, what its words stand for in each, and what is found.

/**
 * @typedef {object} Result
 * @property {string} query
 * @property {Parsed} parsed
 * @property {number} total
 * @property {{id: number, tier: number, score: number}[]} hits the first
 * @property {Uint32Array} ids of all hits, in no order; parallel to them:
 * @property {Float32Array} scores
 * @property {Uint8Array} tiers
 * @property {Notice[]} notices
 * @property {Set<string>} terms what was found, to be marked
 * @property {number} unfiltered how many hits there are without the filters
 */

/**
 * A tier and what the words of its groups stand for.
 * @typedef {{tier: number, groups: Group[], terms: (leaf: Leaf) => string[], coordinate?: boolean}} Tier
 */

/** @typedef {Found & {terms: Set<string>, notice: Notice | null}} FoundTerms */

/**
 * @param {Index} index
 * @param {string} query
 * @param {number} most
 * @returns {Promise<Result>}
 */
async function searchIndex(index, query, most) {
  const parsed = parse(query, index.core.facets);
  const asked = new Set(parsed.filters.map(({ facet }) => facet));
  const [found, facets] = await Promise.all([
    new Search(index, parsed).run(),
    Promise.all(Array.from(asked, (name) => index.facet(name))),
  ]);
  const unfiltered = found.ids.length;
  const { tests, notices } = filterBy(parsed.filters, facets);
  const hits = keep(found, tests);
  await promoteExact(index, parsed, hits);
  const total = hits.ids.length;
  const all = [...parsed.notices, ...notices];
  if (total > 0 && found.notice) all.push(found.notice);
  if (total === 0 && unfiltered > 0 && parsed.groups.length > 0) {
    all.push({ kind: "outside-filters", text: `Nothing within the filters; ${unfiltered} without them`, suggestions: [] });
  }
  const { ids, scores, tiers } = hits;
  const first = firstHits(hits, most, index.core.live);
  return {
    query, parsed, total, ids, scores, tiers, unfiltered, notices: inOrder(all), terms: found.terms,
    hits: first.map((at) => ({ id: ids[at], tier: tiers[at], score: scores[at] })),
  };
}

/**
 * Leaves those that pass at the beginning of the arrays.
 * @param {Found} found
 * @param {ReturnType<typeof filterBy>["tests"]} tests
 */
function keep({ ids, scores, tiers }, tests) {
  let end = ids.length;
  for (const { codes, passing } of tests) {
    let count = 0;
    for (let at = 0; at < end; at += 1) {
      if (!passing[codes[ids[at]]]) continue;
      ids[count] = ids[at];
      scores[count] = scores[at];
      tiers[count] = tiers[at];
      count += 1;
    }
    end = count;
  }
  return { ids: ids.subarray(0, end), scores: scores.subarray(0, end), tiers: tiers.subarray(0, end) };
}

/**
 * The places of the first hits, in their order.
 * @param {{ids: Uint32Array, scores: Float32Array, tiers: Uint8Array}} hits
 * @param {number} most
 * @param {number} live
 */
function firstHits(hits, most, live) {
  const { ids, scores, tiers } = hits;
  const best = new Best(most, rankOrder(hits, live));
  // Nearly all stand behind the last of enough; to call the order for each takes most of the time.
  let [lastRank, lastScore, lastId] = [Infinity, 0, 0];
  for (let at = 0; at < ids.length; at += 1) {
    const rank = rankOf(tiers[at], ids[at] < live);
    if ((rank - lastRank || (rank && lastScore - scores[at]) || ids[at] - lastId) > 0) continue;
    best.offer(at);
    const last = best.items[most - 1];
    if (last !== undefined) [lastRank, lastScore, lastId] = [rankOf(tiers[last], ids[last] < live), scores[last], ids[last]];
  }
  return best.items;
}

/**
 * Hits whose name is what was said come first. Only names of the same words are looked at.
 * @param {Index} index
 * @param {Parsed} parsed
 * @param {{ids: Uint32Array, tiers: Uint8Array}} hits
 */
async function promoteExact(index, { said, groups }, { ids, tiers }) {
  if (said === null || groups.length === 0 || ids.length === 0) return;
  const name = index.fields.findIndex((field) => field.name === "name");
  const { norms } = index.fields[name];
  const words = wordsOf(said);
  const postings = await index.postings(new Set(groups.flat(2).flatMap((leaf) => leaf.words)));
  const lists = Array.from(postings.values(), (fields) => fields[name]?.documents ?? new Uint32Array());
  if (lists.length < groups.length) return;
  const [rarest, ...others] = lists.sort((a, b) => a.length - b.length);
  const norm = normOf(words.length);
  const candidates = Array.from(rarest.filter((id) => (
    (!norms || norms[id] === norm) && others.every((list) => list[firstFrom(list, id)] === id)
  )));
  const rows = await index.rows(candidates);
  for (const [place, row] of rows.entries()) {
    if (lowerCase(row.name) !== lowerCase(said) || wordsOf(row.name).join(" ") !== words.join(" ")) continue;
    const at = ids.indexOf(candidates[place]);
    if (at >= 0) tiers[at] = EXACT;
  }
}

/** One query on one index, filters left aside. */
class Search {
  #index;
  #parsed;
  /** The leaf that may still be being typed. @type {Leaf | undefined} */
  #last;
  /** The terms that begin with it. @type {string[]} */
  #begun = [];
  /** The groups without a last one of one character, with which nearly everything begins. */
  #groups;

  /**
   * @param {Index} index
   * @param {Parsed} parsed
   */
  constructor(index, parsed) {
    this.#index = index;
    this.#parsed = parsed;
    if (parsed.open) this.#last = parsed.groups.at(-1)?.at(-1)?.at(-1);
    const short = this.#last && codePoints(this.#last.words[0]).length < 2 && parsed.groups.length > 1;
    this.#groups = short ? parsed.groups.slice(0, -1) : parsed.groups;
  }

  /** @returns {Promise<FoundTerms>} */
  async run() {
    const { groups } = this.#parsed;
    const [postings, begun] = await Promise.all([this.#index.postings(groups.flat(2).flatMap(typed)), this.#beginning()]);
    this.#begun = begun;
    /** @type {Tier[]} */
    const tiers = [{ tier: QUERY, groups, terms: typed }];
    if (begun.length > 0 || this.#groups !== groups) {
      tiers.push({ tier: PREFIX, groups: this.#groups, terms: (leaf) => (leaf === this.#last ? begun : typed(leaf)) });
    }
    const find = await this.#load(tiers);
    const found = find(tiers);
    return found.matched || groups.length === 0 ? { ...found, notice: null } : this.#nearly((word) => postings.has(word));
  }

  async #beginning() {
    const word = this.#last?.words[0];
    if (word === undefined || codePoints(word).length < 2) return [];
    return termsBeginning(await this.#index.dictionaryFrom(word), word);
  }

  /**
   * The tiers for queries that nothing matches.
   * @param {(word: string) => boolean} exists
   * @returns {Promise<FoundTerms>}
   */
  async #nearly(exists) {
    const dictionary = await this.#index.dictionary();
    const groups = this.#groups;
    const leaves = groups.flat(2).filter((leaf) => leaf.words.length === 1);
    const known = new Map(leaves.map((leaf) => [leaf, this.#known(leaf, exists)]));
    const unknown = leaves.filter((leaf) => known.get(leaf)?.length === 0);
    const respelled = unknown.length > 0 ? unknown : leaves;
    const near = new Map(respelled.map((leaf) => [leaf, termsNear(dictionary, leaf.words[0])]));
    const containing = new Map(unknown.map((leaf) => [leaf, termsContaining(dictionary, leaf.words[0])]));
    /**
     * Phrases stay what they are.
     * @param {Map<Leaf, string[]>[]} meanings
     */
    const terms = (...meanings) => (/** @type {Leaf} */ leaf) => {
      const words = meanings.flatMap((meaning) => meaning.get(leaf) ?? []);
      return leaf.words.length > 1 ? typed(leaf) : Array.from(new Set(words));
    };
    const typo = { tier: TYPO, groups, terms: terms(known, near) };
    const part = { tier: PARTIAL, groups, terms: terms(known, containing) };
    const some = { tier: PARTIAL, groups, terms: terms(known, ...(unknown.length > 0 ? [near, containing] : [])), coordinate: true };
    const find = await this.#load([typo, part, some]);
    const whole = find([typo, part]);
    const found = whole.matched ? whole : find([some]);
    const notice = found.most < groups.length
      ? { kind: "some-words", text: `Nothing has all ${groups.length} words; these have ${found.most} of them`, suggestions: [] }
      : respelling(respelled.map((leaf) => leaf.words[0]), unknown.flatMap(terms(near, containing)));
    return { ...found, notice };
  }

  /**
   * What a word stands for if it is no mistake; nothing if it is.
   * @param {Leaf} leaf
   * @param {(word: string) => boolean} exists
   */
  #known(leaf, exists) {
    const itself = leaf.words.filter(exists);
    return leaf === this.#last ? [...itself, ...this.#begun] : itself;
  }

  /**
   * Loads all that some tiers need, so that they can be run at once: two searches must not add up in each other's sums.
   * @param {Tier[]} tiers
   */
  async #load(tiers) {
    const { not } = this.#parsed;
    const index = this.#index;
    const terms = new Set(not.flat().flatMap(typed));
    for (const tier of tiers) for (const leaf of tier.groups.flat(2)) for (const term of tier.terms(leaf)) terms.add(term);
    const postings = await index.postings(terms);
    /**
     * @param {Tier["terms"]} stands
     * @returns {(leaves: Leaf[]) => LeafPostings[]}
     */
    const postingsOf = (stands) => (leaves) => leaves.map((leaf) => stands(leaf).flatMap((term) => (
      (postings.get(term) ?? []).flatMap((list) => (list && (leaf.field ?? list.field.name) === list.field.name ? [list] : []))
    )));
    const without = not.map(postingsOf(typed));
    /** @param {Tier[]} run */
    const find = (run) => {
      const ranked = run.map((tier) => ({ ...tier, groups: tier.groups.map((group) => group.map(postingsOf(tier.terms))) }));
      const found = run.flatMap((tier) => tier.groups.flat(2).flatMap(tier.terms)).filter((term) => postings.has(term));
      return { ...index.ranking.find(ranked, without), terms: new Set(found.flatMap((term) => term.split(" "))) };
    };
    return find;
  }
}

/**
 * What a leaf stands for as it was typed: its word or its phrase.
 * @param {Leaf} leaf
 */
function typed({ words }) {
  return [words.join(" ")];
}

/**
 * @param {string[]} words
 * @param {string[]} suggestions
 * @returns {Notice}
 */
function respelling(words, suggestions) {
  const quoted = Array.from(new Set(words), (word) => `\`${word}\``);
  const last = quoted.pop();
  const like = quoted.length > 0 ? "words like them" : "a word like it";
  const list = quoted.length > 0 ? `${quoted.join(", ")} and ${last}` : last;
  return { kind: "respelled", text: `Nothing has ${list}; these have ${like}`, suggestions: suggestions.slice(0, MOST_SUGGESTIONS) };
}
