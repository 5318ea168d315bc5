// Highlighting: which parts of a shown text are words that were found.

/**
 * Marked and unmarked parts in turn; together they are the text. Only for text nodes, never for HTML.
 * @param {string} text
 * @param {Set<string>} terms
 * @returns {[text: string, marked: boolean][]}
 */
function highlight(text, terms) {
  /** @type {[string, boolean][]} */
  const parts = [];
  let end = 0;
  for (const found of placedWords(text)) {
    if (!terms.has(found.word)) continue;
    if (found.start > end) parts.push([text.slice(end, found.start), false]);
    const last = parts[parts.length - 1];
    // Side by side, as in `UsageData`, they are one part.
    if (last?.[1]) last[0] += text.slice(found.start, found.end);
    else parts.push([text.slice(found.start, found.end), true]);
    end = found.end;
  }
  if (end < text.length) parts.push([text.slice(end), false]);
  return parts;
}
