// Filters: which documents pass, and what values a text may mean.

const MOST_SUGGESTIONS = 3;

/** The values of a facet, and what texts mean by them. */
class Values {
  #facet;
  #values;
  /** Of each value the spellings of its key and its name. */
  #spellings;

  /**
   * @param {Facet} facet
   * @param {[key: string, name: string][]} values
   */
  constructor(facet, values) {
    this.#facet = facet;
    this.#values = values;
    this.#spellings = values.map((both) => both.map(canonical));
  }

  /**
   * The places of the values that a text means, and a notice if there are none.
   * @param {string} text
   * @returns {{places: number[], notice: Notice | null}}
   */
  resolve(text) {
    const range = this.#facet.ordered ? milestones(text) : null;
    const compared = range ? this.#places((place) => range.holds(milestonePlace(this.#values[place][0]))) : [];
    if (compared.length > 0 || range?.comparison) return { places: compared, notice: null };
    const wanted = canonical(withoutOperator(this.#facet, text));
    const places = wanted === "" ? [] : this.#places((place) => this.#spellings[place].includes(wanted));
    if (places.length > 0) return { places, notice: null };
    const suggestions = suggested(wanted, this.#spellings).map((place) => this.#values[place][0]);
    return { places, notice: { kind: "unknown-value", text: `No ${this.#facet.noun} is called \`${text}\``, suggestions } };
  }

  /** @param {(place: number) => boolean} test */
  #places(test) {
    return this.#values.flatMap((_, place) => (test(place) ? [place] : []));
  }
}

/**
 * `group::x` is what a label calls `x`.
 * @param {Facet} facet
 * @param {string} value
 */
function withoutOperator(facet, value) {
  const end = value.indexOf("::");
  const operator = operatorKey(value.slice(0, Math.max(end, 0)));
  const known = [facet.name, ...facet.aliases].some((name) => operatorKey(name) === operator);
  return known ? value.slice(end + 2) : value;
}

/** Milestones of one major number lie so far apart; numbers have at most six digits. */
const MAJOR = 1e7;

/**
 * Where a milestone stands among all; NaN for values of another form. `<13.9` stands just before `13.9`.
 * @param {string} key
 */
function milestonePlace(key) {
  const match = /^(<?)(\d{1,6})\.(\d{1,6})$/.exec(key);
  return match ? Number(match[2]) * MAJOR + Number(match[3]) - (match[1] ? 0.5 : 0) : NaN;
}

/**
 * From where up to where (that place not included) a text asks for milestones.
 * @param {string} text
 * @returns {{comparison: boolean, holds: (at: number) => boolean} | null}
 */
function milestones(text) {
  const match = /^(>=|<=|[<>=]|)\p{White_Space}*(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$/u.exec(text);
  if (!match || (match[1] && match[3])) return null;
  const [, sign, low, high = low] = match;
  const first = span(low);
  const last = span(high);
  if (!first || !last) return null;
  const from = sign.startsWith("<") ? -Infinity : sign === ">" ? first.end : first.start;
  const to = sign.startsWith(">") ? Infinity : sign === "<" ? first.start : last.end;
  return { comparison: sign !== "" || match[3] !== undefined, holds: (at) => at >= from && at < to };
}

/**
 * What `16` (all of 16) or `16.3` covers.
 * @param {string} milestone
 */
function span(milestone) {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(milestone);
  if (!match) return null;
  const start = Number(match[1]) * MAJOR + Number(match[2] ?? 0);
  return { start, end: match[2] === undefined ? start + MAJOR : start + 0.5 };
}

/**
 * The places of at most three of many that someone who typed this may have meant.
 * @param {string} wanted in its canonical spelling
 * @param {string[][]} spellings of each
 */
function suggested(wanted, spellings) {
  if (wanted === "") return [];
  const letters = codePoints(wanted);
  const limit = Math.min(Math.floor(letters.length / 3), 3);
  /** @param {string} spelling */
  const distance = (spelling) => {
    if (spelling.startsWith(wanted)) return -2;
    if (spelling.includes(wanted)) return -1;
    return editDistance(letters, codePoints(spelling), limit);
  };
  const best = new Best(MOST_SUGGESTIONS, (a, b) => a.distance - b.distance || a.place - b.place);
  spellings.forEach((both, place) => {
    const nearest = Math.min(...both.map(distance));
    if (nearest <= limit) best.offer({ place, distance: nearest });
  });
  return best.items.map(({ place }) => place);
}

/**
 * Which documents pass, by the codes of each facet, and what is wrong with the values: values of one facet are alternatives, facets must all hold.
 * @param {AskedFilter[]} asked
 * @param {LoadedFacet[]} facets all that are asked for
 */
function filterBy(asked, facets) {
  /** @type {Notice[]} */
  const notices = [];
  const tests = facets.map((facet) => {
    /** @param {boolean} not */
    const places = (not) => {
      const filters = asked.filter((filter) => filter.facet === facet.name && filter.not === not);
      if (filters.length === 0) return null;
      const resolved = filters.flatMap(({ values }) => values.map((value) => facet.values.resolve(value)));
      for (const { notice } of resolved) if (notice) notices.push(notice);
      return new Set(resolved.flatMap(({ places: found }) => found));
    };
    const wanted = places(false);
    const unwanted = places(true);
    const passing = facet.sets.map((set) => (
      (!wanted || set.some((value) => wanted.has(value))) && !set.some((value) => unwanted?.has(value))
    ));
    return { codes: facet.codes, passing };
  });
  return { tests, notices };
}
