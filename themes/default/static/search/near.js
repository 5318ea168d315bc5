// Terms that are like a word: those that begin with it, are spelled nearly so, or contain it.

/** Terms that stand for a word that may still be being typed, or that is part of them. */
const MOST_TERMS = 32;

/** Terms that stand for a misspelled word. */
const MOST_NEAR = 8;

/** @typedef {{term: string, count: number, distance: number}} Candidate */

/**
 * The first few of many in an order, kept by insertion: one comparison turns most of what is offered away.
 * @template T
 */
class Best {
  /** @type {T[]} */
  items = [];
  #most;
  #compare;

  /**
   * @param {number} most
   * @param {(a: T, b: T) => number} compare
   */
  constructor(most, compare) {
    this.#most = most;
    this.#compare = compare;
  }

  /** @param {T} item */
  offer(item) {
    const items = this.items;
    let place = items.length;
    if (place === this.#most) {
      if (place === 0 || this.#compare(item, items[place - 1]) >= 0) return;
      place -= 1;
    }
    for (; place > 0 && this.#compare(item, items[place - 1]) < 0; place -= 1) items[place] = items[place - 1];
    items[place] = item;
  }
}

/** Terms in order, with their document frequencies: the dictionary or a part of it. */
class Terms {
  joined;
  terms;
  counts;
  /** Which letters each term has, and how many; made when first asked for. @type {{letters: Int32Array, lengths: Uint8Array} | null} */
  #shapes = null;

  /** @param {{t: string, n: string}} part */
  constructor(part) {
    this.joined = `${part.t} `;
    this.terms = part.t === "" ? [] : part.t.split(" ");
    this.counts = readNumbers(part.n);
  }

  shapes() {
    if (!this.#shapes) {
      const points = this.terms.map(codePoints);
      this.#shapes = { letters: Int32Array.from(points, letterMask), lengths: Uint8Array.from(points, ({ length }) => length) };
    }
    return this.#shapes;
  }
}

/**
 * Nearest first, then the most frequent, then alphabetically.
 * @param {Candidate} a
 * @param {Candidate} b
 */
function byNearness(a, b) {
  return a.distance - b.distance || b.count - a.count || (a.term < b.term ? -1 : 1);
}

/**
 * @param {Terms[]} parts of the dictionary
 * @param {number} most
 * @param {(part: Terms, offer: (at: number, distance: number) => void) => void} scan
 */
function bestTerms(parts, most, scan) {
  const best = new Best(most, byNearness);
  for (const part of parts) {
    scan(part, (at, distance) => best.offer({ term: part.terms[at], count: part.counts[at], distance }));
  }
  return best.items.map(({ term }) => term);
}

/**
 * The terms that begin with a word, itself left out.
 * @param {Terms[]} parts
 * @param {string} word
 */
function termsBeginning(parts, word) {
  return bestTerms(parts, MOST_TERMS, ({ terms }, offer) => {
    for (let at = firstFrom(terms, word); at < terms.length && terms[at].startsWith(word); at += 1) {
      if (terms[at] !== word) offer(at, 0);
    }
  });
}

/**
 * @param {Terms[]} parts
 * @param {string} word
 */
function termsContaining(parts, word) {
  if (codePoints(word).length < 3) return [];
  return bestTerms(parts, MOST_TERMS, ({ joined, terms }, offer) => {
    // In all of them at once, which is quicker than in each.
    for (let end = 0, found; (found = joined.indexOf(word, end)) >= 0;) {
      end = joined.indexOf(" ", found);
      offer(firstFrom(terms, joined.slice(joined.lastIndexOf(" ", found) + 1, end)), 0);
    }
  });
}

/**
 * The terms a slip or two away from a word, itself left out.
 * @param {Terms[]} parts
 * @param {string} word
 */
function termsNear(parts, word) {
  const letters = codePoints(word);
  const limit = letters.length < 4 ? 0 : letters.length < 8 ? 1 : 2;
  if (limit === 0) return [];
  const mask = letterMask(letters);
  return bestTerms(parts, MOST_NEAR, (part, offer) => {
    const { letters: masks, lengths } = part.shapes();
    for (let at = 0; at < masks.length; at += 1) {
      // A letter that only one of both has takes an edit, and so does each letter more.
      if (Math.abs(lengths[at] - letters.length) > limit) continue;
      if (bitCount(masks[at] & ~mask) > limit || bitCount(mask & ~masks[at]) > limit) continue;
      const distance = editDistance(letters, codePoints(part.terms[at]), limit);
      if (distance > 0 && distance <= limit) offer(at, distance);
    }
  });
}

/**
 * Where the first of some sorted strings or numbers stands that is not before another.
 * @template {string | number} T
 * @param {ArrayLike<T>} sorted
 * @param {T} text
 */
function firstFrom(sorted, text) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {string} text */
function codePoints(text) {
  const points = [];
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) ?? 0;
    if (point > 0xffff) at += 1;
    points.push(point);
  }
  return points;
}

/**
 * A bit for each letter; some letters share one.
 * @param {number[]} points
 */
function letterMask(points) {
  return points.reduce((mask, point) => mask | 1 << point % 32, 0);
}

/** @param {number} bits */
function bitCount(bits) {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * Optimal string alignment: letters put in, left out, replaced, or two neighbours swapped. More than `limit` is only
 * known to be more.
 * @param {number[]} a
 * @param {number[]} b
 * @param {number} limit
 */
function editDistance(a, b, limit) {
  let [start, endA, endB] = [0, a.length, b.length];
  if (Math.abs(endA - endB) > limit) return limit + 1;
  // What both begin and end with costs nothing.
  while (start < endA && start < endB && a[start] === b[start]) start += 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  // One edit is at most two letters long.
  if (limit < 2 && Math.max(endA, endB) - start > 2) return limit + 1;
  /** @type {number[]} */
  let before = [];
  let above = [0];
  for (let column = start; column < endB; column += 1) above.push(above.length);
  for (let row = start; row < endA; row += 1) {
    const current = [row - start + 1];
    let least = current[0];
    for (let column = start; column < endB; column += 1) {
      const at = column - start;
      let edits = Math.min(above[at] + (a[row] === b[column] ? 0 : 1), above[at + 1] + 1, current[at] + 1);
      if (at > 0 && row > start && a[row] === b[column - 1] && a[row - 1] === b[column]) edits = Math.min(edits, before[at - 1] + 1);
      current.push(edits);
      least = Math.min(least, edits);
    }
    // A swap reaches back over this row, but a row before that could lead to so few edits would have left them here too.
    if (least > limit) return limit + 1;
    before = above;
    above = current;
  }
  return above[endB - start];
}
