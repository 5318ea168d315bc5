// One browser for all lists: a query, filters, a table in any order, and the address that says it all.

const shared = /** @type {Shared} */ (/** @type {any} */ (globalThis).dictionarySearch);

/** Milliseconds without a key before the table follows. */
const REST = 120;

/** Pages up to which the best hits are picked out: to put all in order takes longer. */
const FIRST_PAGES = 5;

/** Milliseconds from which on a wait is noticed. */
const NOTICED = 400;

/** Milliseconds from which on the whole list is better than none. */
const OVERDUE = 1500;

/** Ways out of an empty result that are looked for. */
const MOST_WAYS = 5;

/** @typedef {{top: number, height: number, link: number}} Stand where someone was: scrolled how far, on which link */

class Browser {
  #place;
  #lookup;
  #root;
  /** The query of the list that the page is: always part of what is looked for. */
  #preset;
  /** What the page shows before anything is asked for. */
  #list;
  #results = make("div", "results");
  #field;
  #status;
  #hints;
  /** @type {Menu[]} */
  #menus;
  /** @type {State} */
  #state = { query: "", sort: "", page: 1 };
  /** @type {Result | null} */
  #result = null;
  /** How many of the hits are removed. */
  #removed = 0;
  #turn = 0;
  #timer = 0;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    this.#root = place.dataset.root ?? "";
    this.#preset = place.dataset.browse ?? "";
    this.#lookup = shared.lookupAt(`${this.#root}lookup/`);
    this.#list = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-list]")));
    this.#field = /** @type {HTMLInputElement} */ (place.querySelector("input[name=q]"));
    this.#status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
    this.#hints = /** @type {HTMLElement} */ (place.querySelector(".hints"));
    this.#menus = Array.from(place.querySelectorAll("details"), (details) => (
      new Menu(details, (facet) => this.#values(facet), (facet, values) => this.#choose(facet, values))
    ));
    this.#results.hidden = true;
    place.after(this.#results);
    this.#makeSortable();
    this.#listen();
    this.#restore();
  }

  #listen() {
    this.#field.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#typed();
    });
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#typed(), REST);
    });
    for (const part of [this.#place, ...this.#list]) part.addEventListener("click", (event) => this.#act(event));
    this.#place.querySelector(".more")?.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target);
      const all = button.parentElement?.classList.toggle("all") ?? false;
      button.setAttribute("aria-expanded", String(all));
      button.textContent = all ? "Fewer filters" : "More filters";
    });
    this.#results.addEventListener("click", (event) => this.#act(event));
    // Whoever comes back from another page is to stand where they stood.
    this.#results.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("a:not([data-state])")) history.replaceState(this.#stand(), "");
    });
    document.addEventListener("click", (event) => {
      for (const menu of this.#menus) if (!menu.contains(/** @type {Node} */ (event.target))) menu.close();
    });
    addEventListener("popstate", () => this.#restore());
  }

  /** The list of the page is sorted as its results are. */
  #makeSortable() {
    for (const part of this.#list) {
      for (const [place, head] of part.querySelectorAll(".items thead th").entries()) {
        head.replaceWith(headerOf(COLUMNS[place], { state: this.#state, address: this.#address }));
      }
    }
  }

  /** Shows what the address says. */
  #restore() {
    const state = readState(location.search);
    this.#field.value = state.query;
    // What is asked for now is what may be shown: a step that was just taken is taken back.
    this.#state = state;
    if (isInitial(state) && this.#turn === 0) return;
    this.#place.classList.add("browsing");
    this.#show(state, history.state);
  }

  /** @returns {Stand} */
  #stand() {
    const links = Array.from(this.#results.querySelectorAll("a"));
    return { top: scrollY, height: this.#results.offsetHeight, link: links.findIndex((link) => link === document.activeElement) };
  }

  #typed() {
    clearTimeout(this.#timer);
    const query = this.#field.value.trim();
    // Every letter would be a step to go back by.
    if (query !== this.#state.query) this.#go({ ...this.#state, query, page: 1 }, false);
  }

  /**
   * Goes to a state, as to a page.
   * @param {State} state
   * @param {boolean} step whether Back leads here
   */
  async #go(state, step = true) {
    this.#state = state;
    if (step) {
      history.replaceState(this.#stand(), "");
      history.pushState(null, "", writeState(state));
    } else {
      history.replaceState(null, "", writeState(state));
    }
    if (this.#field.value.trim() !== state.query) this.#field.value = state.query;
    // What was pressed answers at once, and the table a moment later.
    if (step) await painted();
    if (this.#state === state) await this.#show(state);
  }

  /** @param {State} state */
  #address = (state) => {
    const address = writeState(state);
    return address.startsWith("?") ? address : address.split("/").pop() || "index.html";
  };

  /** @param {string} query */
  #whole(query) {
    return [this.#preset, query].filter(Boolean).join(" ");
  }

  /**
   * @param {State} state
   * @param {Stand | null} stand of someone who comes back
   */
  async #show(state, stand = null) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#state = state;
    const late = setTimeout(() => {
      if (turn === this.#turn) this.#wait(true);
    }, NOTICED);
    const tooLate = setTimeout(showList, OVERDUE);
    try {
      const best = state.sort === "" && state.page <= FIRST_PAGES ? state.page * ROWS : 0;
      const result = await this.#lookup.search(this.#whole(state.query), { most: best });
      const pages = Math.max(1, Math.ceil(result.total / ROWS));
      const page = Math.min(state.page, pages);
      const first = (page - 1) * ROWS;
      const ids = best > 0 ? result.hits.map(({ id }) => id) : await this.#sorted(result, state.sort);
      const rows = await this.#lookup.rows(ids.slice(first, first + ROWS));
      const { live } = (await this.#lookup.open()).core;
      const chosen = await Promise.all(this.#menus.map((menu) => this.#chosen(result.parsed, menu.facet)));
      const ways = result.total === 0 ? await this.#waysOut(state.query, result) : [];
      if (stand) await this.#makeRoom(stand);
      if (turn !== this.#turn) return;
      this.#result = result;
      this.#removed = result.ids.filter((id) => id >= live).length;
      this.#state = { ...state, page };
      this.#draw(rows, first, result.total, { pages, ways, stand });
      for (const [place, menu] of this.#menus.entries()) menu.update(chosen[place]);
      this.#wait(false);
    } catch {
      if (turn !== this.#turn) return;
      this.#wait(false);
      this.#say("The search index could not be loaded. The list below is whole.");
    } finally {
      clearTimeout(late);
      clearTimeout(tooLate);
    }
  }

  /**
   * Rows that are still to come need their room, for someone to stand where they stood. It is there a frame before
   * they are: browsers take what moves while they scroll for a shift of the page.
   * @param {Stand} stand
   */
  async #makeRoom({ height }) {
    this.#results.style.minHeight = `${Math.max(height, this.#results.offsetHeight)}px`;
    if (!this.#results.hidden) await painted();
  }

  /**
   * Shows whether what can be seen is not yet what is asked for.
   * @param {boolean} waiting
   */
  #wait(waiting) {
    if (!waiting) showList();
    for (const part of [...this.#list, this.#results]) part.toggleAttribute("data-waiting", waiting);
    if (waiting) this.#say("Searching…");
  }

  /**
   * How many values of a facet a query names. Facets that it does not ask for are not loaded.
   * @param {Parsed} parsed
   * @param {string} facet
   */
  async #chosen(parsed, facet) {
    if (!parsed.filters.some((filter) => filter.facet === facet)) return 0;
    const { wanted, unwanted } = await this.#lookup.chosen(parsed, facet);
    return wanted.size + unwanted.size;
  }

  /**
   * @param {Row[]} rows
   * @param {number} first
   * @param {number} total
   * @param {{pages: number, ways: Node[], stand: Stand | null}} rest
   */
  #draw(rows, first, total, { pages, ways, stand }) {
    const { notices, terms } = /** @type {Result} */ (this.#result);
    const state = this.#state;
    const caption = total === 0 ? "Nothing found" : pages > 1 ? `${first + 1} to ${first + rows.length} of ${total}` : `${total} found`;
    const focused = this.#focusedHeader();
    const lost = this.#results.contains(document.activeElement);
    const shown = { rows, terms, state, root: this.#root, caption, address: this.#address };
    const content = total === 0 ? [wayOutBox(ways)] : [tableOf(shown)];
    this.#results.replaceChildren(...content);
    this.#results.hidden = false;
    fill(this.#results, shown, { current: () => this.#state === state, done: () => this.#filled(pages, stand) });
    for (const part of this.#list) part.hidden = true;
    this.#place.classList.add("browsing");
    const heads = this.#results.querySelectorAll("th");
    if (lost) (heads[focused]?.querySelector("a") ?? this.#results.querySelector("section, a"))?.focus({ preventScroll: true });
    this.#say([...notices.map((notice) => `${notice.text}.`), `${caption}.`].join(" "));
    this.#hints.replaceChildren(...(total === 0 ? [] : [...this.#meant(notices, state.query), ...this.#leaveOut()]));
    if (stand) scrollTo({ top: stand.top, behavior: "instant" });
  }

  /**
   * @param {number} pages
   * @param {Stand | null} stand
   */
  #filled(pages, stand) {
    if (pages > 1) this.#results.append(pagingOf(this.#state, pages, this.#address));
    this.#results.style.minHeight = "";
    if (stand) this.#results.querySelectorAll("a")[stand.link]?.focus({ preventScroll: true });
  }

  /**
   * Links to what may have been meant.
   * @param {Notice[]} notices
   * @param {string} query
   */
  #meant(notices, query) {
    const meant = notices.flatMap((notice) => shared.proposals(notice, query));
    return meant.map((next) => stateLink({ ...this.#state, query: next, page: 1 }, this.#address, `Search for ${next}`, ""));
  }

  /** A way to leave out removed hits, if there are some among live ones. */
  #leaveOut() {
    const removed = this.#removed;
    if (removed === 0 || removed === this.#result?.total) return [];
    const query = [this.#state.query, "-is:removed"].filter(Boolean).join(" ");
    const text = `Leave out ${removed === 1 ? "the removed one" : `the ${removed} removed ones`} at the end`;
    return [stateLink({ ...this.#state, query, page: 1 }, this.#address, text, "")];
  }

  /** The place of the column head that has the focus, which the new table must give back. */
  #focusedHeader() {
    const heads = Array.from(this.#results.querySelectorAll("thead th"));
    return heads.findIndex((head) => head.contains(document.activeElement));
  }

  /** @param {string} text */
  #say(text) {
    this.#status.replaceChildren(...shared.ticked(text));
  }

  /**
   * The ids of all hits: by rank, else by a column; removed ones last in any order.
   * @param {Result} result
   * @param {string} sort
   */
  async #sorted(result, sort) {
    const [, sign, key] = /^(-?)(.*)$/.exec(sort) ?? [];
    const column = COLUMNS.find((known) => known.key !== "" && known.key === key);
    if (!column) return this.#lookup.ordered(result);
    const { live, documents } = (await this.#lookup.open()).core;
    const { count, place } = column.facet ? await this.#lookup.places(column.facet) : { count: 1, place: () => 0 };
    const backwards = sign === "-";
    /** @param {number} id */
    const group = (id) => (id >= live ? count : 0) + (backwards ? count - 1 - place(id) : place(id));
    // Ids are alphabetical, so that nothing needs to be compared once it is known where each group begins.
    const next = new Uint32Array(2 * count + 1);
    const found = new Uint8Array(documents);
    for (const id of result.ids) {
      next[group(id) + 1] += 1;
      found[id] = 1;
    }
    for (let at = 1; at < next.length; at += 1) next[at] += next[at - 1];
    // Of names alone, their order is all there is to turn.
    const turned = backwards && !column.facet;
    const order = new Uint32Array(result.total);
    for (let step = 0; step < documents; step += 1) {
      const id = turned ? documents - 1 - step : step;
      if (found[id]) order[next[group(id)]++] = id;
    }
    return order;
  }

  /**
   * The values of a facet with their hits, its own filters left aside: what would be found by choosing another one.
   * @param {string} facet
   * @returns {Promise<Value[]>}
   */
  async #values(facet) {
    const others = await this.#lookup.search(this.#whole(withoutFacet(this.#state.query, await this.#operators(facet))), { most: 0 });
    const parsed = (await this.#lookup.search(this.#state.query, { most: 0 })).parsed;
    const { wanted, unwanted } = await this.#lookup.chosen(parsed, facet);
    const counts = await this.#lookup.counts(others, facet);
    return counts.map(({ key, name, count }) => (
      { key, name, count, choice: wanted.has(key) ? "wanted" : unwanted.has(key) ? "unwanted" : "ignored" }
    ));
  }

  /**
   * @param {string} facet
   * @param {Value[]} values
   */
  async #choose(facet, values) {
    /** @param {Choice} choice */
    const keys = (choice) => new Set(values.filter((value) => value.choice === choice).map(({ key }) => key));
    const chosen = { wanted: keys("wanted"), unwanted: keys("unwanted") };
    const query = withChoices(this.#state.query, await this.#operators(facet), chosen);
    this.#go({ ...this.#state, query, page: 1 });
  }

  /** @param {string} facet */
  async #operators(facet) {
    const { core } = await this.#lookup.open();
    return [facet, ...(core.facets.find(({ name }) => name === facet)?.aliases ?? [])];
  }

  /**
   * What finds something where the query finds nothing.
   * @param {string} query
   * @param {Result} result
   */
  async #waysOut(query, result) {
    const clauses = shared.clauses(query);
    const fewer = clauses.length > 1 ? clauses.map((clause, place) => ({ clause, rest: withoutClause(query, place) })) : [];
    const found = await Promise.all(fewer.slice(0, 2 * MOST_WAYS).map(async ({ clause, rest }) => {
      const { total } = await this.#lookup.search(this.#whole(rest), { most: 0 });
      if (total === 0) return [];
      return [stateLink({ ...this.#state, query: rest, page: 1 }, this.#address, `Without ${clause.text} (${total})`, "")];
    }));
    const whole = stateLink({ ...this.#state, query: "", page: 1 }, this.#address, "Show everything in this list", "");
    return [...this.#meant(result.notices, query), ...found.flat()].slice(0, MOST_WAYS).concat(whole);
  }

  /** @param {MouseEvent} event */
  #act(event) {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-state]"));
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      const state = readState(new URL(link.href).search);
      const turned = state.page !== this.#state.page;
      this.#go(state).then(() => {
        if (turned) this.#place.scrollIntoView({ behavior: "instant" });
      });
      return;
    }
    const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[data-take]"));
    if (button) this.#take(button);
  }

  /** @param {HTMLButtonElement} button */
  async #take(button) {
    const said = button.textContent;
    try {
      button.disabled = true;
      button.textContent = await this.#taken(button.dataset.take ?? "");
    } catch {
      button.textContent = "Not possible here";
    } finally {
      button.disabled = false;
      setTimeout(() => { button.textContent = said; }, 2000);
    }
  }

  /**
   * Takes the result along, and says how.
   * @param {string} how
   */
  async #taken(how) {
    if (how === "link") {
      await navigator.clipboard.writeText(location.href);
      return "Copied";
    }
    const result = this.#result ?? await this.#lookup.search(this.#whole(this.#state.query), { most: 0 });
    const rows = await this.#lookup.rows(await this.#sorted(result, this.#state.sort));
    if (how === "names") {
      await navigator.clipboard.writeText(rows.map(({ name }) => `${name}\n`).join(""));
      return "Copied";
    }
    const urls = new Set(rows.map(({ url }) => url));
    if (how === "csv") download("result.csv", "text/csv", await resultAsCsv(urls, this.#root));
    else download("result.json", "application/json", await resultAsJson(urls, this.#root));
    return "Saved";
  }
}

/** @param {Node[]} ways */
function wayOutBox(ways) {
  const box = make("div", "empty");
  const list = make("ul");
  list.append(...ways.map((way) => wrapped("li", way)));
  box.append(make("p", "", "Nothing fits all of it."), list);
  return box;
}

/** Shows the list of the page, which `look.js` holds back where the address asks for a part of it. */
function showList() {
  delete document.documentElement.dataset.asked;
}

/** Once the page is painted as it is now. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function startBrowsing() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-browse]"));
  if (place) new Browser(place);
}

// Deferred scripts run before this event, whole.
document.addEventListener("DOMContentLoaded", startBrowsing);
