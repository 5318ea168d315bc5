// Ranking: finds the documents that have what is asked for, and adds up their scores.

const EXACT = 1;
const QUERY = 2;
const PREFIX = 3;
const TYPO = 4;
const PARTIAL = 5;

/** The postings that a leaf stands for, in the order in which they are added up. @typedef {Postings[]} LeafPostings */

/**
 * Groups of alternatives of leaves. `coordinate`: the documents that match the most of them, not only those that match all.
 * @typedef {{tier: number, groups: LeafPostings[][][], coordinate?: boolean}} RankedTier
 */

/**
 * What was found, in no order, parallel. `matched`: whether anything was, that which `-` leaves out included; `most`:
 * how many groups the documents of a coordinated tier match.
 * @typedef {{ids: Uint32Array, scores: Float32Array, tiers: Uint8Array, matched: boolean, most: number}} Found
 */

/**
 * What the masks of documents must hold: of each group the masks of its alternatives, and those of what is left out.
 * `rarest`: postings that have all documents which match all groups; `null` if to look at every document takes no longer.
 * @typedef {{groups: number[][], not: number[], rarest: Postings[] | null}} Asked
 */

/** Adds up scores in arrays with a place for each document, which are clean between two calls. */
class Ranking {
  /** Added up in f32, as tantivy does. */
  #scores;
  /** A bit for each leaf that a document has. */
  #masks;
  /** The documents found so far, their scores and tiers, and whether a document is one of them. */
  #found;
  #foundScores;
  #foundTiers;
  #count = 0;
  #isFound;

  /** @param {number} documents */
  constructor(documents) {
    this.#scores = new Float32Array(documents);
    this.#masks = new Uint32Array(documents);
    this.#found = new Uint32Array(documents);
    this.#foundScores = new Float32Array(documents);
    this.#foundTiers = new Uint8Array(documents);
    this.#isFound = new Uint8Array(documents);
  }

  /**
   * The documents of each tier that no tier before it has.
   * @param {RankedTier[]} tiers
   * @param {LeafPostings[][]} not of what each leaves out, the leaves
   * @returns {Found}
   */
  find(tiers, not) {
    this.#count = 0;
    let matched = false;
    let most = 0;
    for (const { tier, groups, coordinate } of tiers) {
      const asked = this.#addUp(groups, not);
      most = coordinate ? this.#most(asked) : groups.length;
      matched = this.#take(asked, most, tier) || matched;
      // Faster than going once more through what was added up, unless that is very little.
      this.#scores.fill(0);
      this.#masks.fill(0);
    }
    this.#isFound.fill(0);
    const count = this.#count;
    return {
      ids: this.#found.slice(0, count), scores: this.#foundScores.slice(0, count), tiers: this.#foundTiers.slice(0, count), matched, most,
    };
  }

  /**
   * Adds up the scores, and gives each leaf its bit.
   * @param {LeafPostings[][][]} groups
   * @param {LeafPostings[][]} not
   * @returns {Asked}
   */
  #addUp(groups, not) {
    let bit = 1;
    /**
     * @param {LeafPostings[]} leaves
     * @param {boolean} scored
     */
    const mask = (leaves, scored) => {
      const first = bit;
      for (const leaf of leaves) {
        for (const postings of leaf) this.#add(postings, scored ? postings.weight : 0, bit);
        bit <<= 1;
      }
      return bit - first;
    };
    const masks = groups.map((alternatives) => alternatives.map((leaves) => mask(leaves, true)));
    return { groups: masks, not: not.map((leaves) => mask(leaves, false)), rarest: this.#rarest(groups) };
  }

  /**
   * @param {Postings} postings
   * @param {number} weight
   * @param {number} bit
   */
  #add({ field: { norms, lengths, once }, documents, frequencies }, weight, bit) {
    const scores = this.#scores;
    const masks = this.#masks;
    for (let at = 0; at < documents.length; at += 1) {
      const id = documents[at];
      const norm = norms ? norms[id] : 1;
      const frequency = frequencies ? frequencies[at] : 1;
      const part = frequency === 1 ? once[norm] : frequencyPart(frequency, lengths[norm]);
      scores[id] += f32(weight * part);
      masks[id] |= bit;
    }
  }

  /**
   * The postings of the group that fewest documents have.
   * @param {LeafPostings[][][]} groups
   */
  #rarest(groups) {
    let rarest = null;
    let least = this.#masks.length;
    for (const group of groups) {
      const postings = group.flat(2);
      const count = postings.reduce((sum, { documents }) => sum + documents.length, 0);
      if (count < least) {
        rarest = postings;
        least = count;
      }
    }
    return rarest;
  }

  /**
   * The most groups, but one at least, that a document matches which nothing leaves out.
   * @param {Asked} asked
   */
  #most({ groups, not }) {
    let most = 1;
    for (const mask of this.#masks) if (!hasOne(mask, not)) most = Math.max(most, countGroups(mask, groups));
    return most;
  }

  /**
   * Takes the documents that match so many groups; says whether any does, be it left out.
   * @param {Asked} asked
   * @param {number} least
   * @param {number} tier
   */
  #take({ groups, not, rarest }, least, tier) {
    const masks = this.#masks;
    let matched = false;
    /** @param {number} id */
    const visit = (id) => {
      const mask = masks[id];
      if (this.#isFound[id] || countGroups(mask, groups) !== least) return;
      matched = true;
      if (hasOne(mask, not)) return;
      this.#isFound[id] = 1;
      this.#found[this.#count] = id;
      this.#foundScores[this.#count] = this.#scores[id];
      this.#foundTiers[this.#count] = tier;
      this.#count += 1;
    };
    if (rarest && least === groups.length) for (const { documents } of rarest) documents.forEach(visit);
    else for (let id = 0; id < masks.length; id += 1) visit(id);
    return matched;
  }
}

/**
 * @param {number} mask
 * @param {number[][]} groups
 */
function countGroups(mask, groups) {
  let count = 0;
  for (const alternatives of groups) if (hasOne(mask, alternatives)) count += 1;
  return count;
}

/**
 * @param {number} mask
 * @param {number[]} alternatives
 */
function hasOne(mask, alternatives) {
  for (const all of alternatives) if ((mask & all) === all) return true;
  return false;
}

/**
 * How hits stand among each other: exact ones by id; then live ones by tier, score and id; then removed ones likewise.
 * @param {{ids: Uint32Array, scores: Float32Array, tiers: Uint8Array}} hits
 * @param {number} live
 * @returns {(a: number, b: number) => number} for places in `hits`
 */
function rankOrder({ ids, scores, tiers }, live) {
  /** @param {number} at */
  const rank = (at) => (tiers[at] === EXACT ? 0 : ids[at] < live ? tiers[at] : tiers[at] + PARTIAL);
  return (a, b) => rank(a) - rank(b) || (tiers[a] === EXACT ? 0 : scores[b] - scores[a]) || ids[a] - ids[b];
}
