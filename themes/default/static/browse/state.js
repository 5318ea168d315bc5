// What is shown, as part of the page's address: links can be shared, and Back goes back.

/** @typedef {{query: string, sort: string, page: number}} State */

/** Filters that links of earlier dictionaries carry, and what they are called now. */
const EARLIER = new Map([["status", "status"], ["category", "category"]]);

/**
 * What an address asks for; what it does not say is empty, and page 1.
 * @param {string} search from the `?` on
 * @returns {State}
 */
function readState(search) {
  const parameters = new URLSearchParams(search);
  const filters = Array.from(EARLIER, ([name, facet]) => {
    const value = parameters.get(name)?.trim();
    return value ? filterText(facet, value) : "";
  });
  return {
    query: [parameters.get("q")?.trim(), ...filters].filter(Boolean).join(" "),
    sort: parameters.get("sort") ?? "",
    page: Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1),
  };
}

/**
 * The address of a state, below the page's own; `?` alone would not be an address for nothing.
 * @param {State} state
 */
function writeState({ query, sort, page }) {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (sort) parameters.set("sort", sort);
  if (page > 1) parameters.set("page", String(page));
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

/** @param {State} state */
function isInitial({ query, sort, page }) {
  return query === "" && sort === "" && page === 1;
}
