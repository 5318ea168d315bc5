// Words: where a text is cut into them, and which spellings are the same.

/**
 * Letters and digits, up to one after which a new word begins: `usage|Data`, `HTTP|Client`. Looking ahead only, because
 * a browser that cannot look behind would refuse the whole script.
 */
const WORD =
  /(?:\p{Lowercase}(?!\p{Uppercase})|\p{Uppercase}(?!\p{Uppercase}\p{Lowercase})|(?![\p{Lowercase}\p{Uppercase}])[\p{Alphabetic}\p{N}])*[\p{Alphabetic}\p{N}]/gu;

/** Words of so many bytes of UTF-8 or more are noise; the index leaves them out. */
const TOO_LONG = 64;

/**
 * Lower case, each code point by itself: all at once, a capital sigma that ends a word would become another letter.
 * @param {string} text
 */
function lowerCase(text) {
  return /[^\0-\x7f]/.test(text) ? Array.from(text, (character) => character.toLowerCase()).join("") : text.toLowerCase();
}

/**
 * The words of a text, with where each starts and ends in it.
 * @param {string} text
 */
function placedWords(text) {
  const words = [];
  for (const match of text.matchAll(WORD)) {
    const written = match[0];
    // A UTF-16 unit is at most three bytes.
    if (written.length * 3 >= TOO_LONG && new TextEncoder().encode(written).length >= TOO_LONG) continue;
    const start = match.index ?? 0;
    words.push({ word: lowerCase(written), start, end: start + written.length });
  }
  return words;
}

/** @param {string} text */
function wordsOf(text) {
  return placedWords(text).map(({ word }) => word);
}

/**
 * The spelling that all spellings of a filter's value have in common.
 * @param {string} value
 */
function canonical(value) {
  return lowerCase(value).replace(/[^\p{Alphabetic}\p{N}]+/gu, "_").replace(/^_|_$/g, "");
}
