// The table of hits: the same columns as in the lists of the page, which it takes the place of.

/** Rows of one page, as in those lists. */
const ROWS = 100;

/** Rows that are made at once. */
const FEW = 12;

/** What columns are sorted by: a facet, or nothing for names, which are sorted already. */
const COLUMNS = [
  { key: "name", title: "Name", facet: "" }, { key: "owner", title: "Owner", facet: "group" },
  { key: "category", title: "Data category", facet: "category" }, { key: "status", title: "Status", facet: "status" },
  { key: "time", title: "Time frame", facet: "time" }, { key: "since", title: "Since", facet: "milestone" },
  { key: "", title: "Description", facet: "" },
];

/**
 * @typedef {object} Shown
 * @property {Row[]} rows
 * @property {Set<string>} terms to be marked
 * @property {State} state
 * @property {string} root from the page to the site's root
 * @property {string} caption
 * @property {(state: State) => string} address
 */

/**
 * A table without rows.
 * @param {Shown} shown
 */
function tableOf(shown) {
  const table = make("table", "items mixed");
  const head = make("tr");
  head.append(...COLUMNS.map((column) => headerOf(column, shown)));
  table.append(make("caption", "", shown.caption), wrapped("thead", head), make("tbody"));
  const box = make("section", "scroll");
  box.setAttribute("aria-label", shown.caption);
  box.tabIndex = 0;
  box.append(table);
  return box;
}

/**
 * Puts the rows into a table: the first ones at once, so that typing goes on while the others follow.
 * @param {HTMLElement} place the table's
 * @param {Shown} shown
 * @param {{current: () => boolean, done: () => void}} filling whether they are still wanted, and what comes then
 * @param {number} first
 */
function fill(place, shown, filling, first = 0) {
  if (!filling.current()) return;
  const next = first + FEW;
  place.querySelector("tbody")?.append(...shown.rows.slice(first, next).map((row) => rowOf(row, shown)));
  if (next < shown.rows.length) whenIdle(() => fill(place, shown, filling, next));
  else filling.done();
}

/**
 * Once nothing is being typed or drawn; Safari cannot say when that is.
 * @param {() => void} work
 */
function whenIdle(work) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work, 100);
}

/**
 * A column's head: a link that sorts by it, and the other way round when it is sorted by it already.
 * @param {{key: string, title: string}} column
 * @param {Pick<Shown, "state" | "address">} shown
 */
function headerOf({ key, title }, { state, address }) {
  const header = make("th");
  header.setAttribute("scope", "col");
  if (!key) {
    header.append(title);
    return header;
  }
  const sorted = state.sort === key ? "ascending" : state.sort === `-${key}` ? "descending" : "none";
  header.setAttribute("aria-sort", sorted);
  const sort = sorted === "ascending" ? `-${key}` : sorted === "descending" ? "" : key;
  header.append(stateLink({ ...state, sort, page: 1 }, address, title, "sort"));
  return header;
}

/**
 * @param {Row} row
 * @param {Shown} shown
 */
function rowOf(row, { terms, state, root, address }) {
  const name = make("th");
  name.setAttribute("scope", "row");
  const link = make("a");
  link.href = `${root}${row.url}index.html`;
  link.append(...shared.marked(row.name, terms).flatMap(shared.breakable));
  name.append(link, " ", make("span", `tag tag-${row.kind}`, row.kind));
  /** @param {string} facet @param {string} value @param {string} text */
  const narrowing = (facet, value, text) => {
    const query = [withoutFacet(state.query, [facet]), filterText(facet, value)].filter(Boolean).join(" ");
    const narrower = stateLink({ ...state, query, page: 1 }, address, "", "");
    narrower.append(...shared.breakable(text));
    return narrower;
  };
  const owner = row.owner ? narrowing("group", row.owner, row.owner) : narrowing("group", "none", "no owner");
  const categories = row.category.split(", ").flatMap((category, place) => {
    const link = narrowing("category", category, category);
    link.className = `category category-${shared.classWord(category)}`;
    return place > 0 ? [make("br"), link] : [link];
  });
  const life = row.removed ? "removed" : row.status === "broken" ? "broken" : "live";
  const tr = make("tr");
  tr.append(
    name, cell([owner]), cell(categories), cell([make("span", `status status-${life}`, row.status)]), cell([row.time]),
    cell([row.since], "since"), cell(shared.marked(row.description, terms), "about"),
  );
  return tr;
}

/**
 * A link that leads to another state of this page.
 * @param {State} state
 * @param {(state: State) => string} address
 * @param {string} text
 * @param {string} className
 */
function stateLink(state, address, text, className) {
  const link = make("a", className, text);
  link.href = address(state);
  link.dataset.state = "";
  return link;
}

/**
 * The links between the pages of a long result.
 * @param {State} state
 * @param {number} pages
 * @param {(state: State) => string} address
 */
function pagingOf(state, pages, address) {
  const nav = make("nav", "paging");
  nav.setAttribute("aria-label", "Pages of the result");
  const list = make("ul");
  /** @param {Node} content */
  const add = (content) => list.append(wrapped("li", content));
  /** @param {number} page @param {string} text */
  const link = (page, text) => stateLink({ ...state, page }, address, text, "");
  if (state.page > 1) add(link(state.page - 1, "Previous"));
  let before = 0;
  for (let page = 1; page <= pages; page += 1) {
    if (page !== 1 && page !== pages && Math.abs(page - state.page) > 2) continue;
    if (page > before + 1) add(make("span", "", "…"));
    before = page;
    const to = link(page, String(page));
    if (page === state.page) to.setAttribute("aria-current", "page");
    add(to);
  }
  if (state.page < pages) add(link(state.page + 1, "Next"));
  nav.append(list);
  return nav;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[Name]}
 */
function make(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * @param {keyof HTMLElementTagNameMap} name
 * @param {Node} content
 */
function wrapped(name, content) {
  const made = make(name);
  made.append(content);
  return made;
}

/**
 * @param {(string | Node)[]} content
 * @param {string} className
 */
function cell(content, className = "") {
  const made = make("td", className);
  made.append(...content);
  return made;
}
