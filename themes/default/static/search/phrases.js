// Phrases: where words stand side by side in one field.

/** Goes through a term's documents and its places in each. */
class Places {
  #postings;
  #positions;
  #at = 0;
  /** Where the places in the present document begin. */
  #start = 0;

  /**
   * @param {Postings} postings
   * @param {Uint32Array} positions
   */
  constructor(postings, positions) {
    this.#postings = postings;
    this.#positions = positions;
  }

  /**
   * Goes to a document, which must not be before the last one asked for; says whether the word stands there.
   * @param {number} id
   */
  reach(id) {
    const { documents } = this.#postings;
    while (documents[this.#at] < id) {
      this.#start += this.#frequency();
      this.#at += 1;
    }
    return documents[this.#at] === id;
  }

  /** The places in the present document. */
  here() {
    return addUp(this.#positions.slice(this.#start, this.#start + this.#frequency()));
  }

  #frequency() {
    return this.#postings.frequencies?.[this.#at] ?? 1;
  }
}

/**
 * The postings of a phrase in one field, as if it were a term; none where one of its words never stands there.
 * @param {(Postings | null | undefined)[]} postings of each word
 * @param {(Uint32Array | null | undefined)[]} positions of each word
 * @returns {Postings[]}
 */
function phrasePostings(postings, positions) {
  /** @type {Postings | null} */
  let rarest = null;
  /** @type {Places[]} */
  const words = [];
  let idf = 0;
  for (const [place, word] of postings.entries()) {
    const where = positions[place];
    if (!word || !where) return [];
    if (!rarest || word.documents.length < rarest.documents.length) rarest = word;
    words.push(new Places(word, where));
    idf = f32(idf + word.idf);
  }
  if (!rarest) return [];
  const { field } = rarest;
  const documents = [];
  const frequencies = [];
  for (const id of rarest.documents) {
    if (!words.every((word) => word.reach(id))) continue;
    const count = countSideBySide(words.map((word) => word.here()));
    if (count === 0) continue;
    documents.push(id);
    frequencies.push(count);
  }
  return [{
    field, documents: Uint32Array.from(documents), frequencies: Uint32Array.from(frequencies), idf, weight: weightOf(idf, field.boost),
  }];
}

/**
 * How often one place of each word follows on one of the word before it.
 * @param {Uint32Array[]} places of each word
 */
function countSideBySide(places) {
  return places[0].filter((start) => places.every((next, word) => next.includes(start + word))).length;
}
