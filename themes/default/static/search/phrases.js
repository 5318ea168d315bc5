// Phrases: where words stand side by side in one field.

/** More than there are places in a document. */
const PLACES = 2 ** 22;

/**
 * The postings of a phrase in one field, as if it were a term; null where one of its words never stands there.
 * @param {(Postings | null | undefined)[]} postings of each word
 * @param {(Uint32Array | null | undefined)[]} positions of each word
 * @returns {Postings | null}
 */
function phrasePostings(postings, positions) {
  /** @type {Float64Array | undefined} */
  let starts;
  let idf = 0;
  for (const [place, word] of postings.entries()) {
    const where = positions[place];
    if (!word || !where) return null;
    const places = placesOf(word, where);
    let at = 0;
    starts = starts ? starts.filter((start) => {
      while (places[at] < start + place) at += 1;
      return places[at] === start + place;
    }) : places;
    idf = f32(idf + word.idf);
  }
  const field = postings[0]?.field;
  if (!starts || !field) return null;
  /** How often in each document. @type {Map<number, number>} */
  const counts = new Map();
  for (const start of starts) {
    const id = Math.floor(start / PLACES);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return {
    field, documents: Uint32Array.from(counts.keys()), frequencies: Uint32Array.from(counts.values()), idf, weight: weightOf(idf, field.boost),
  };
}

/**
 * Where a word stands, in all documents one after the other.
 * @param {Postings} postings
 * @param {Uint32Array} positions
 */
function placesOf({ documents, frequencies }, positions) {
  const places = new Float64Array(positions.length);
  let at = 0;
  for (const [place, id] of documents.entries()) {
    let position = id * PLACES;
    for (let left = frequencies?.[place] ?? 1; left > 0; left -= 1) {
      position += positions[at];
      places[at++] = position;
    }
  }
  return places;
}
