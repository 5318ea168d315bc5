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
 * Postings and the bit of the leaf that they are of; and of each alternative the bits that a document must have.
 * @typedef {{marks: {postings: Postings, bit: number}[], masks: number[], size: number}} Alternatives
 */

/** To look a document up in postings takes about as long as to go on by so many of them. */
const STEPS = 8;

/** Finds and scores in arrays with a place for each document, which are clean between two calls. */
class Ranking {
  /** Added up in f32, as tantivy does. */
  #scores;
  /** A bit for each leaf that a document has. */
  #masks;
  /** The documents found so far, then those that may be found still, with their scores and tiers. */
  #found;
  #foundScores;
  #foundTiers;
  #count = 0;
  /** Of each document found the tier. */
  #tierOf;

  /** @param {number} documents */
  constructor(documents) {
    this.#scores = new Float32Array(documents);
    this.#masks = new Int32Array(documents);
    this.#found = new Uint32Array(documents);
    this.#foundScores = new Float32Array(documents);
    this.#foundTiers = new Uint8Array(documents);
    this.#tierOf = new Uint8Array(documents);
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
      const first = this.#count;
      const [without, ...wanted] = withBits([not, ...groups]);
      most = wanted.length;
      if (coordinate) most = this.#takeMost(wanted, without);
      else this.#takeAll(wanted);
      if (this.#count > first) matched = true;
      this.#leaveOut(without, first);
      this.#score(wanted, first, tier);
      this.#masks.fill(0);
    }
    this.#tierOf.fill(0);
    const count = this.#count;
    return {
      ids: this.#found.slice(0, count), scores: this.#foundScores.slice(0, count), tiers: this.#foundTiers.slice(0, count), matched, most,
    };
  }

  /**
   * Takes the documents that match all groups: those of the rarest, of which each further group leaves fewer.
   * @param {Alternatives[]} groups
   */
  #takeAll(groups) {
    const first = this.#count;
    if (groups.length === 0) this.#takeEvery();
    for (const [place, { marks, masks }] of [...groups].sort((a, b) => a.size - b.size).entries()) {
      for (const mark of marks) place === 0 ? this.#take(mark) : this.#mark(mark, first);
      // What was taken for a word has that word.
      if (place > 0 || masks.some((mask) => bitCount(mask) > 1)) this.#keep(first, masks, true);
    }
  }

  #takeEvery() {
    const found = this.#found;
    for (let id = 0; id < found.length; id += 1) found[id] = id;
    this.#count = found.length;
  }

  /** @param {Alternatives["marks"][number]} mark */
  #take({ postings: { documents }, bit }) {
    const masks = this.#masks;
    const tierOf = this.#tierOf;
    const found = this.#found;
    let count = this.#count;
    for (let at = 0; at < documents.length; at += 1) {
      const id = documents[at];
      if (masks[id] === 0 && tierOf[id] === 0) found[count++] = id;
      masks[id] |= bit;
    }
    this.#count = count;
  }

  /**
   * Gives its bit to those of the documents taken that have a leaf; others may get it as well.
   * @param {Alternatives["marks"][number]} mark
   * @param {number} first the place of the first one taken
   */
  #mark({ postings: { documents }, bit }, first) {
    const masks = this.#masks;
    if ((this.#count - first) * STEPS > documents.length) {
      for (let at = 0; at < documents.length; at += 1) masks[documents[at]] |= bit;
      return;
    }
    this.#lookUp(documents, first, (id) => { masks[id] |= bit; });
  }

  /**
   * Calls back for those of the documents taken that stand among others, with their places there.
   * @param {Uint32Array} documents
   * @param {number} first the place of the first one taken
   * @param {(id: number, at: number) => void} act
   */
  #lookUp(documents, first, act) {
    const found = this.#found;
    const count = this.#count;
    for (let place = first, at = 0, last = 0; place < count; place += 1) {
      const id = found[place];
      at = firstAhead(documents, id, id < last ? 0 : at);
      if (documents[at] === id) act(id, at);
      last = id;
    }
  }

  /**
   * Takes the documents that match the most groups, but one at least, and that nothing leaves out; says how many groups.
   * @param {Alternatives[]} groups
   * @param {Alternatives} without
   */
  #takeMost(groups, without) {
    const masks = this.#masks;
    const first = this.#count;
    let most = 1;
    for (const { marks } of [...groups, without]) {
      for (const { postings: { documents }, bit } of marks) for (let at = 0; at < documents.length; at += 1) masks[documents[at]] |= bit;
    }
    for (let id = 0; id < masks.length; id += 1) {
      const mask = masks[id];
      // Each group takes a bit at least.
      if (mask === 0 || bitCount(mask) < most || hasOne(mask, without.masks)) continue;
      const count = countGroups(mask, groups);
      if (count < most) continue;
      if (count > most) this.#count = first;
      most = count;
      this.#found[this.#count++] = id;
    }
    return most;
  }

  /**
   * @param {Alternatives} without
   * @param {number} first
   */
  #leaveOut({ marks, masks }, first) {
    if (masks.length === 0) return;
    for (const mark of marks) this.#mark(mark, first);
    this.#keep(first, masks, false);
  }

  /**
   * Of the documents taken keeps those that have one of some masks, or those that have none.
   * @param {number} first
   * @param {number[]} wanted
   * @param {boolean} having
   */
  #keep(first, wanted, having) {
    const masks = this.#masks;
    const found = this.#found;
    let count = first;
    for (let at = first; at < this.#count; at += 1) {
      const id = found[at];
      if (hasOne(masks[id], wanted) === having) found[count++] = id;
    }
    this.#count = count;
  }

  /**
   * Adds up the scores of the documents taken.
   * @param {Alternatives[]} groups
   * @param {number} first
   * @param {number} tier
   */
  #score(groups, first, tier) {
    const count = this.#count;
    const scores = this.#scores;
    const tierOf = this.#tierOf;
    const found = this.#found;
    const foundScores = this.#foundScores;
    for (let at = first; at < count; at += 1) tierOf[found[at]] = tier;
    for (const { marks } of groups) for (const { postings } of marks) this.#add(postings, first, tier);
    for (let at = first; at < count; at += 1) {
      const id = found[at];
      foundScores[at] = scores[id];
      scores[id] = 0;
    }
    this.#foundTiers.fill(tier, first, count);
  }

  /**
   * @param {Postings} postings
   * @param {number} first
   * @param {number} tier
   */
  #add({ field: { norms, lengths, once }, documents, frequencies, weight }, first, tier) {
    const scores = this.#scores;
    const tierOf = this.#tierOf;
    /** @param {number} id @param {number} at */
    const add = (id, at) => {
      const norm = norms ? norms[id] : 1;
      const frequency = frequencies ? frequencies[at] : 1;
      const part = frequency === 1 ? once[norm] : frequencyPart(frequency, lengths[norm]);
      scores[id] += f32(weight * part);
    };
    if ((this.#count - first) * STEPS > documents.length) {
      for (let at = 0; at < documents.length; at += 1) if (tierOf[documents[at]] === tier) add(documents[at], at);
      return;
    }
    this.#lookUp(documents, first, add);
  }
}

/**
 * Where the first of some ascending ids stands that is not before another, at or behind a place: mostly not far behind,
 * since what was taken for one term is in order as well.
 * @param {Uint32Array} ids
 * @param {number} id
 * @param {number} from
 */
function firstAhead(ids, id, from) {
  let low = from;
  let high = from;
  for (let step = 1; high < ids.length && ids[high] < id; step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, ids.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Gives each leaf of some groups its bit.
 * @param {LeafPostings[][][]} groups
 * @returns {Alternatives[]}
 */
function withBits(groups) {
  let bit = 1;
  return groups.map((alternatives) => {
    const marks = [];
    const masks = [];
    let size = 0;
    for (const leaves of alternatives) {
      const first = bit;
      for (const leaf of leaves) {
        for (const postings of leaf) {
          marks.push({ postings, bit });
          size += postings.documents.length;
        }
        bit <<= 1;
      }
      masks.push(bit - first);
    }
    return { marks, masks, size };
  });
}

/**
 * @param {number} mask
 * @param {Alternatives[]} groups
 */
function countGroups(mask, groups) {
  let count = 0;
  for (const { masks } of groups) if (hasOne(mask, masks)) count += 1;
  return count;
}

/**
 * @param {number} mask
 * @param {number[]} masks
 */
function hasOne(mask, masks) {
  for (let at = 0; at < masks.length; at += 1) if ((mask & masks[at]) === masks[at]) return true;
  return false;
}

/**
 * Exact hits stand first, then live ones by tier, then removed ones.
 * @param {number} tier
 * @param {boolean} live
 */
function rankOf(tier, live) {
  return tier === EXACT ? 0 : live ? tier : tier + PARTIAL;
}

/**
 * How hits stand among each other: by rank; exact ones by id, others by score and id.
 * @param {{ids: Uint32Array, scores: Float32Array, tiers: Uint8Array}} hits
 * @param {number} live
 * @returns {(a: number, b: number) => number} for places in `hits`
 */
function rankOrder({ ids, scores, tiers }, live) {
  /** @param {number} at */
  const rank = (at) => rankOf(tiers[at], ids[at] < live);
  return (a, b) => rank(a) - rank(b) || (tiers[a] === EXACT ? 0 : scores[b] - scores[a]) || ids[a] - ids[b];
}
