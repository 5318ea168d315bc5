// Numbers: how files write them, and BM25 in f32 exactly as tantivy computes it.

/** The digits' values by character code: printable ASCII from `#` on, without what JSON, scripts or HTML would escape. */
const DIGITS = (() => {
  const digits = new Uint8Array(128);
  let value = 0;
  for (let code = 0x23; value < 86; code += 1) {
    if (!"'\\`<&".includes(String.fromCharCode(code))) digits[code] = value++;
  }
  return digits;
})();

/** Digits from here on say that another follows. */
const CONTINUED = 43;

/** @param {string} text variable numbers */
function readNumbers(text) {
  const numbers = new Uint32Array(text.length);
  let value = 0;
  let unit = 1;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = DIGITS[text.charCodeAt(at)];
    if (digit < CONTINUED) {
      numbers[count++] = value + digit * unit;
      value = 0;
      unit = 1;
    } else {
      value += (digit - CONTINUED) * unit;
      unit *= CONTINUED;
    }
  }
  return numbers.slice(0, count);
}

/** @param {Uint32Array} numbers differences, of which the sums are wanted */
function addUp(numbers) {
  for (let at = 1; at < numbers.length; at += 1) numbers[at] += numbers[at - 1];
  return numbers;
}

/**
 * @param {string} text fixed numbers
 * @param {number} width digits of each; none where all are 0
 * @param {number} count
 */
function readCodes(text, width, count) {
  const codes = width > 1 ? new Uint32Array(count) : new Uint8Array(count);
  for (let at = 0, next = 0; next < count; next += 1) {
    for (let digit = 0; digit < width; digit += 1) codes[next] = codes[next] * 86 + DIGITS[text.charCodeAt(at++)];
  }
  return codes;
}

/** The length that each of tantivy's field norm ids stands for: exact up to 40, then ever coarser. */
const LENGTHS = Array.from({ length: 256 }, (_, id) => {
  if (id < 24) return id;
  const shift = (id - 24) >> 3;
  const bits = (id - 24) & 7;
  return 24 + (shift === 0 ? bits : (bits | 8) * 2 ** (shift - 1));
});

/**
 * The field norm id of a length.
 * @param {number} length
 */
function normOf(length) {
  let id = 0;
  while (id < 255 && LENGTHS[id + 1] <= length) id += 1;
  return id;
}

const f32 = Math.fround;
const K1 = f32(1.2);
const B = f32(0.75);

/**
 * BM25's part that hangs on a field's length, for each field norm id.
 * @param {number} tokens in all documents
 * @param {number} documents
 */
function lengthParts(tokens, documents) {
  const average = f32(f32(tokens) / f32(documents));
  return Float32Array.from(LENGTHS, (length) => f32(K1 * f32(f32(1 - B) + f32(f32(B * f32(length)) / average))));
}

/**
 * @param {number} idf of a term, or of a phrase: the sum of its terms' in their order
 * @param {number} boost
 */
function weightOf(idf, boost) {
  return f32(f32(idf * f32(1 + K1)) * boost);
}

/**
 * @param {number} frequency
 * @param {number} lengthPart
 */
function frequencyPart(frequency, lengthPart) {
  return f32(frequency / f32(frequency + lengthPart));
}
