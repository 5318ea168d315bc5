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

/** Adds up scores in arrays with a place for each document, which are clean between two calls. */
class Ranking {
  /** Added up in f32, as tantivy does. */
  #scores;
  /** A bit for each leaf that a document has. */
  #masks;
  /** The documents found so far, and whether a document is one of them. */
  #ids;
  #idScores;
  #idTiers;
  #count = 0;
  #seen;

  /** @param {number} documents */
  constructor(documents) {
    this.#scores = new Float32Array(documents);
    this.#masks = new Uint32Array(documents);
    this.#ids = new Uint32Array(documents);
    this.#idScores = new Float32Array(documents);
    this.#idTiers = new Uint8Array(documents);
    this.#seen = new Uint8Array(documents);
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
    for (const tier of tiers) {
      const asked = this.#mark(tier, not);
      most = asked.groups.length;
      if (tier.coordinate) most = this.#most(asked);
      matched = this.#sweep(asked, most, tier.tier) || matched;
    }
    const count = this.#count;
    for (let at = 0; at < count; at += 1) this.#seen[this.#ids[at]] = 0;
    return {
      ids: this.#ids.slice(0, count), scores: this.#idScores.slice(0, count), tiers: this.#idTiers.slice(0, count), matched, most,
    };
  }

  /**
   * Adds everything up and sets the bits.
   * @param {RankedTier} tier
   * @param {LeafPostings[][]} not
   */
  #mark({ groups }, not) {
    /** @type {Uint32Array[]} */
    const touched = [];
    let bit = 1;
    /**
     * @param {LeafPostings[]} leaves
     * @param {boolean} scored
     */
    const mark = (leaves, scored) => {
      let mask = 0;
      for (const leaf of leaves) {
        for (const postings of leaf) {
          touched.push(postings.documents);
          this.#setBit(postings, bit);
          if (scored) this.#add(postings);
        }
        mask |= bit;
        bit <<= 1;
      }
      return mask;
    };
    const masks = groups.map((alternatives) => alternatives.map((leaves) => mark(leaves, true)));
    return new Asked(masks, not.map((leaves) => mark(leaves, false)), touched);
  }

  /**
   * @param {Postings} postings
   * @param {number} bit
   */
  #setBit({ documents }, bit) {
    const masks = this.#masks;
    for (let at = 0; at < documents.length; at += 1) masks[documents[at]] |= bit;
  }

  /** @param {Postings} postings */
  #add({ field: { norms, lengths, once }, documents, frequencies, weight }) {
    const scores = this.#scores;
    for (let at = 0; at < documents.length; at += 1) {
      const id = documents[at];
      const norm = norms ? norms[id] : 1;
      const frequency = frequencies ? frequencies[at] : 1;
      const part = frequency === 1 ? once[norm] : frequencyPart(frequency, lengths[norm]);
      scores[id] += f32(weight * part);
    }
  }

  /**
   * The most groups that a document matches which nothing leaves out.
   * @param {Asked} asked
   */
  #most(asked) {
    let most = 1;
    for (const documents of asked.touched) {
      for (const id of documents) {
        const mask = this.#masks[id];
        if (!asked.excluded(mask)) most = Math.max(most, asked.count(mask));
      }
    }
    return most;
  }

  /**
   * Takes the documents that match so many groups, and cleans up; says whether any does.
   * @param {Asked} asked
   * @param {number} least
   * @param {number} tier
   */
  #sweep(asked, least, tier) {
    const masks = this.#masks;
    const scores = this.#scores;
    let matched = false;
    /** @param {number} id */
    const visit = (id) => {
      const mask = masks[id];
      if (asked.all(mask) || (least < asked.groups.length && asked.count(mask) === least)) {
        matched = true;
        if (!asked.excluded(mask)) this.#take(id, scores[id], tier);
      }
      masks[id] = 0;
      scores[id] = 0;
    };
    if (asked.groups.length === 0) for (let id = 0; id < masks.length; id += 1) visit(id);
    for (const documents of asked.touched) {
      for (let at = 0; at < documents.length; at += 1) if (masks[documents[at]] !== 0) visit(documents[at]);
    }
    return matched;
  }

  /**
   * @param {number} id
   * @param {number} score
   * @param {number} tier
   */
  #take(id, score, tier) {
    if (this.#seen[id]) return;
    this.#seen[id] = 1;
    this.#ids[this.#count] = id;
    this.#idScores[this.#count] = score;
    this.#idTiers[this.#count] = tier;
    this.#count += 1;
  }
}

/** What masks must hold. */
class Asked {
  /** Of each group the masks of its alternatives. */
  groups;
  /** The documents of everything asked for. */
  touched;
  #not;
  /** What the groups of one alternative need together, and those of several: one test for most queries. */
  #needed = 0;
  #choices;

  /**
   * @param {number[][]} groups
   * @param {number[]} not
   * @param {Uint32Array[]} touched
   */
  constructor(groups, not, touched) {
    this.groups = groups;
    this.touched = touched;
    this.#not = not;
    this.#choices = groups.filter((alternatives) => alternatives.length > 1);
    for (const alternatives of groups) if (alternatives.length === 1) this.#needed |= alternatives[0];
  }

  /** @param {number} mask */
  all(mask) {
    return (mask & this.#needed) === this.#needed && this.#choices.every((alternatives) => hasOne(mask, alternatives));
  }

  /** @param {number} mask */
  count(mask) {
    return this.groups.filter((alternatives) => hasOne(mask, alternatives)).length;
  }

  /** @param {number} mask */
  excluded(mask) {
    return hasOne(mask, this.#not);
  }
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
  const block = (at) => (tiers[at] === EXACT ? 0 : ids[at] < live ? 1 : 2);
  return (a, b) => {
    const exact = tiers[a] === EXACT && tiers[b] === EXACT;
    return block(a) - block(b) || (exact ? 0 : tiers[a] - tiers[b] || scores[b] - scores[a]) || ids[a] - ids[b];
  };
}
