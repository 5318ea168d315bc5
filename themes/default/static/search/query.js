// The language of queries: what a text asks for. See docs/search.md, section 3.

/**
 * One word, or the words of a phrase, in one field or (`null`) in any.
 * @typedef {{field: string | null, words: string[]}} Leaf
 */

/**
 * All groups must match; of a group one alternative; of an alternative all leaves.
 * @typedef {Leaf[][]} Group
 */

/** @typedef {{kind: string, text: string, suggestions: string[]}} Notice */

/**
 * What pages know of a facet before its file is loaded.
 * @typedef {object} Facet
 * @property {string} name
 * @property {string[]} aliases
 * @property {string} noun
 * @property {boolean} ordered
 * @property {[key: string, name: string][] | null} values
 * @property {number[] | null} [counts]
 */

/** @typedef {{facet: string, not: boolean, values: string[]}} AskedFilter values as typed */

/**
 * @typedef {object} Parsed
 * @property {Group[]} groups
 * @property {Leaf[][]} not
 * @property {AskedFilter[]} filters
 * @property {string | null} said
 * @property {boolean} open whether the last leaf of the last group may still be being typed
 * @property {Notice[]} notices
 */

/**
 * Positive words, or a phrase, of one clause; `said` is null where they are more than words.
 * @typedef {{leaves: Leaf[], phrase: boolean, said: string | null}} SaidClause
 */

/** So many words and phrases count, and so many words of a phrase: each word or phrase has one bit of a mask. */
const MOST_WORDS = 30;

/** Operators that look into one field, and the field. */
const FIELD_OPERATORS = new Map([["name", "name"], ["desc", "description"], ["description", "description"]]);

/** A clause; what its closing quote ends needs no white space behind it. */
const CLAUSE =
  /(?=\P{White_Space})(-(?=\P{White_Space}))?(?:(\p{Alphabetic}[\p{Alphabetic}_-]*):)?(?:"([^"]*)"|(\P{White_Space}*))/gu;

/** In this order notices are shown. */
const NOTICES = [
  "unknown-filter", "unknown-value", "missing-value", "too-many-words", "lonely-or", "respelled", "some-words", "outside-filters",
];

/**
 * @param {string} query
 * @param {Facet[]} facets
 * @returns {Parsed}
 */
function parse(query, facets) {
  const parser = new Parser(facets);
  for (const [, minus, operator, quoted, bare] of query.matchAll(CLAUSE)) {
    parser.clause(Boolean(minus), operator, quoted, bare);
  }
  return parser.finish();
}

/**
 * The clauses of a query as they stand in it, with the operator and the value of those that have one.
 * @param {string} query
 * @returns {{text: string, not: boolean, operator: string | null, value: string}[]}
 */
function clauses(query) {
  return Array.from(query.matchAll(CLAUSE), ([text, minus, operator, quoted, bare = ""]) => ({
    text, not: Boolean(minus), operator: operator === undefined ? null : operatorKey(operator), value: quoted ?? bare,
  }));
}

/**
 * Each notice once, in the order of `NOTICES`.
 * @param {Notice[]} notices
 */
function inOrder(notices) {
  const texts = new Set();
  const once = notices.filter(({ text }) => !texts.has(text) && texts.add(text));
  return once.sort((a, b) => NOTICES.indexOf(a.kind) - NOTICES.indexOf(b.kind));
}

/** @param {string} operator */
function operatorKey(operator) {
  return lowerCase(operator).replaceAll("_", "-");
}

/** Reads clause after clause. */
class Parser {
  /** @type {Group[]} */
  #groups = [];
  /** @type {Leaf[][]} */
  #not = [];
  /** @type {AskedFilter[]} */
  #filters = [];
  /** @type {Notice[]} */
  #notices = [];
  /** @type {string[]} */
  #said = [];
  /** Whether nothing but words was said. */
  #plain = true;
  #open = false;
  /** How many words and phrases count so far. */
  #counted = 0;
  /** The groups there were, to leave out the second of two. */
  #known = new Set();
  /** The clauses of the group that is being read. @type {SaidClause[]} */
  #alternatives = [];
  /** Whether an `OR` waits for what it joins to them. */
  #joining = false;
  /** Operators and their facets. @type {Map<string, Facet>} */
  #facets = new Map();

  /** @param {Facet[]} facets */
  constructor(facets) {
    for (const facet of facets) {
      for (const operator of [facet.name, ...facet.aliases]) this.#facets.set(operatorKey(operator), facet);
    }
  }

  /**
   * @param {boolean} not
   * @param {string | undefined} operator
   * @param {string | undefined} quoted
   * @param {string | undefined} bare
   */
  clause(not, operator, quoted, bare = "") {
    // A quote that nothing closes.
    const opened = bare.startsWith('"');
    const value = quoted ?? (opened ? bare.slice(1) : bare);
    if (operator === undefined) {
      if (value === "OR" && quoted === undefined && !opened && !not) this.#or();
      else this.#text(value, { not, quoted: quoted !== undefined, field: null });
      return;
    }
    const key = operatorKey(operator);
    const field = FIELD_OPERATORS.get(key);
    const facet = this.#facets.get(key);
    if (!field && !facet) {
      this.#unknown(operator, value);
      this.#text(`${operator}:${value}`, { not, quoted: false, field: null });
      return;
    }
    const values = quoted === undefined && facet ? value.split(",").filter(Boolean) : [value].filter(Boolean);
    if (values.length === 0) this.#notice("missing-value", `\`${operator}:\` wants a value`);
    else if (facet) this.#filter({ facet: facet.name, not, values });
    else this.#text(value, { not, quoted: quoted !== undefined, field: field ?? null });
  }

  finish() {
    this.#endGroup();
    const said = this.#plain && this.#said.length > 0 ? this.#said.join(" ") : null;
    return {
      groups: this.#groups, not: this.#not, filters: this.#filters, said, open: this.#open, notices: inOrder(this.#notices),
    };
  }

  /**
   * @param {string} kind
   * @param {string} text
   * @param {string[]} suggestions
   */
  #notice(kind, text, suggestions = []) {
    this.#notices.push({ kind, text, suggestions });
  }

  /**
   * `12:30` and `https://…` are no attempts at a filter.
   * @param {string} operator
   * @param {string} value
   */
  #unknown(operator, value) {
    if (value === "" || value.startsWith("//")) return;
    const known = [...this.#facets.keys(), ...FIELD_OPERATORS.keys()];
    const places = suggested(canonical(operator), known.map((key) => [canonical(key)]));
    this.#notice(
      "unknown-filter",
      `\`${operator}:\` is no filter, so it is searched for as text`,
      places.map((place) => known[place]),
    );
  }

  #or() {
    if (this.#alternatives.length === 0) this.#lonely();
    else this.#joining = true;
  }

  #lonely() {
    this.#notice("lonely-or", "`OR` stands between two words");
  }

  /**
   * @param {string} typed
   * @param {{not: boolean, quoted: boolean, field: string | null}} how
   */
  #text(typed, { not, quoted, field }) {
    const words = wordsOf(typed);
    if (words.length === 0) return;
    const leaves = quoted ? [{ field, words: this.#short(words) }] : words.map((word) => ({ field, words: [word] }));
    if (not) {
      this.#endGroup();
      this.#open = false;
      const kept = this.#count(leaves);
      if (kept.length > 0) this.#not.push(kept);
      return;
    }
    if (!this.#joining) this.#endGroup();
    this.#joining = false;
    this.#alternatives.push({ leaves, phrase: quoted, said: quoted || field ? null : typed });
  }

  /** @param {AskedFilter} filter */
  #filter(filter) {
    this.#endGroup();
    this.#filters.push(filter);
  }

  /** What follows is no alternative to what stands before it. */
  #endGroup() {
    if (this.#joining) this.#lonely();
    this.#joining = false;
    const alternatives = this.#alternatives;
    if (alternatives.length === 0) return;
    this.#alternatives = [];
    for (const { said } of alternatives) {
      if (said === null) this.#plain = false;
      else this.#said.push(said);
    }
    let added = false;
    if (alternatives.length > 1) {
      this.#plain = false;
      added = this.#group(alternatives.map(({ leaves }) => leaves));
    } else {
      for (const leaf of alternatives[0].leaves) added = this.#group([[leaf]]);
    }
    this.#open = added && !alternatives[alternatives.length - 1].phrase;
  }

  /**
   * Adds a group unless it is there; says whether its last leaf counts.
   * @param {Group} group
   */
  #group(group) {
    const key = JSON.stringify(group);
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    const kept = group.map((leaves) => this.#count(leaves));
    const alternatives = kept.filter((leaves) => leaves.length > 0);
    if (alternatives.length > 0) this.#groups.push(alternatives);
    return kept[kept.length - 1].length === group[group.length - 1].length;
  }

  /**
   * The leaves that still count.
   * @param {Leaf[]} leaves
   */
  #count(leaves) {
    const kept = leaves.slice(0, MOST_WORDS - this.#counted);
    this.#counted += kept.length;
    if (kept.length < leaves.length) this.#tooMany();
    return kept;
  }

  /** @param {string[]} words of a phrase */
  #short(words) {
    if (words.length > MOST_WORDS) this.#tooMany();
    return words.slice(0, MOST_WORDS);
  }

  #tooMany() {
    this.#notice("too-many-words", `Only the first ${MOST_WORDS} words are searched for`);
  }
}
