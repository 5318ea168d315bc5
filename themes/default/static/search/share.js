// What the other script of the pages needs of this one. The index is opened once for both.

/** @type {Map<string, Lookup>} */
const lookups = new Map();

/**
 * The search over the index in a folder.
 * @param {string} base the address of `lookup/`
 */
function lookupAt(base) {
  const known = lookups.get(base);
  if (known) return known;
  const lookup = new Lookup(location.protocol === "file:" ? scriptsFrom(base) : fetchFrom(base));
  lookups.set(base, lookup);
  return lookup;
}

/** @typedef {{lookupAt: typeof lookupAt, clauses: typeof clauses, marked: typeof marked, classWord: typeof classWord, breakable: typeof breakable, ticked: typeof ticked, proposals: typeof proposals}} Shared */

Object.assign(globalThis, { dictionarySearch: { lookupAt, clauses, marked, classWord, breakable, ticked, proposals } });
