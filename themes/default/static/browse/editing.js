// Changing a query as if someone had typed it: filters are added, left out and taken away as text.

/**
 * @typedef {"wanted" | "unwanted" | "ignored"} Choice what a query says of a value
 */

/**
 * A filter as people would write it.
 * @param {string} facet
 * @param {string} value
 */
function filterText(facet, value) {
  return /^[\p{Alphabetic}\p{N}._<>=-]+$/u.test(value) ? `${facet}:${value}` : `${facet}:"${value.replaceAll('"', " ")}"`;
}

/**
 * The query without the filters by a facet.
 * @param {string} query
 * @param {string[]} operators the facet's name and aliases
 */
function withoutFacet(query, operators) {
  const kept = shared.clauses(query).filter(({ operator }) => operator === null || !operators.includes(operator));
  return kept.map(({ text }) => text).join(" ");
}

/**
 * The query with another choice of a facet's values.
 * @param {string} query
 * @param {string[]} operators the facet's name, then its aliases
 * @param {{wanted: Set<string>, unwanted: Set<string>}} chosen keys of values
 */
function withChoices(query, operators, { wanted, unwanted }) {
  const [facet] = operators;
  const added = [
    ...Array.from(wanted, (key) => filterText(facet, key)), ...Array.from(unwanted, (key) => `-${filterText(facet, key)}`),
  ];
  return [withoutFacet(query, operators), ...added].filter(Boolean).join(" ");
}

/**
 * The query without one of its clauses.
 * @param {string} query
 * @param {number} place
 */
function withoutClause(query, place) {
  return shared.clauses(query).filter((_, at) => at !== place).map(({ text }) => text).join(" ");
}
