// The search box: a combobox (WAI-ARIA authoring practices, "list autocomplete with manual selection") over the index.

/** How many hits it shows. */
const SHOWN = 8;

/** Milliseconds without a key before a search begins: nobody reads the hits between two quick letters. */
const PAUSE = 40;

/** Milliseconds before it says that it loads. */
const PATIENCE = 400;

/** Pixels below the box from which on there is room for hits; with less the box goes to the top of the window. */
const ROOM = 200;

class Box {
  #form;
  #input;
  #list;
  #status;
  #lookup;
  /** Leads from the page to the site's root. */
  #root;
  #options;
  #timer = 0;
  /** The search whose hits are waited for; an answer to an earlier one is not shown. */
  #turn = 0;
  /** What the shown hits are for. @type {string | null} */
  #shown = null;
  /** Enter was pressed before the hits were there. */
  #hasty = false;

  /**
   * @param {HTMLFormElement} form
   * @param {Lookup} lookup
   */
  constructor(form, lookup) {
    this.#form = form;
    this.#lookup = lookup;
    this.#root = form.dataset.root ?? "";
    this.#input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    this.#list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
    this.#status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    this.#options = new Options(this.#input, this.#list);
    this.#input.addEventListener("focus", () => this.#open());
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#list.addEventListener("click", (event) => this.#clicked(event));
    // A click on the list must not take the focus from the text.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#reveal(false);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#enter();
    });
    // Someone was quicker than the script.
    if (this.#input.value) this.#typed();
  }

  /** Takes the focus, with the text selected. */
  focus() {
    this.#input.focus();
    this.#input.select();
  }

  async #open() {
    if (this.#shown === this.#input.value) this.#reveal(true);
    try {
      await this.#lookup.open();
    } catch {
      // The search that needs the index says so.
    }
  }

  #typed() {
    this.#hasty = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE);
  }

  async #search() {
    this.#turn += 1;
    const turn = this.#turn;
    const query = this.#input.value;
    if (query.trim() === "") {
      this.#shown = null;
      this.#status.textContent = "";
      this.#options.show([]);
      this.#reveal(false);
      return;
    }
    const late = setTimeout(() => {
      if (turn === this.#turn) this.#say("Searching…");
    }, PATIENCE);
    try {
      // Hits whose rows are gone are another build's: the second time it is the new one's that are found.
      const { result, rows } = await this.#find(query).catch(() => this.#find(query));
      if (turn === this.#turn) this.#show(result, rows);
    } catch {
      if (turn !== this.#turn) return;
      this.#shown = null;
      this.#options.show([]);
      this.#say("The search index could not be loaded. The lists in the menu hold everything.");
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {string} query */
  async #find(query) {
    const result = await this.#lookup.search(query, { most: SHOWN });
    return { result, rows: await this.#lookup.rows(result.hits.map((hit) => hit.id)) };
  }

  /**
   * @param {Result} result
   * @param {Row[]} rows
   */
  #show(result, rows) {
    this.#shown = result.query;
    const hits = rows.map((row) => hitOption(row, this.#root, result.terms));
    const proposals = result.notices.flatMap((notice) => proposalOptions(notice, result.query));
    const all = result.total > rows.length ? [allOption(result, this.#root)] : [];
    this.#options.show([...proposals, ...hits, ...all]);
    this.#say(inWords(result, rows.length));
    if (this.#hasty) this.#enter();
    // Not before: what the first search needs would have to wait.
    else this.#lookup.prefetch();
  }

  /** @param {string} text */
  #say(text) {
    this.#status.replaceChildren(...ticked(text));
    this.#reveal(true);
  }

  /** @param {boolean} open */
  #reveal(open) {
    const shown = open && document.activeElement === this.#input;
    if (shown && !this.#form.hasAttribute("data-open")) this.#makeRoom();
    this.#form.toggleAttribute("data-open", shown);
    if (shown) this.#options.open();
    else this.#options.close();
  }

  /** Measures how far hits may reach: on a phone a keyboard has the lower half of the window. */
  #makeRoom() {
    const room = () => (globalThis.visualViewport?.height ?? innerHeight) - this.#input.getBoundingClientRect().bottom;
    if (room() < ROOM) this.#input.scrollIntoView({ behavior: "instant" });
    this.#form.style.setProperty("--room", `${Math.max(room(), ROOM)}px`);
  }

  /** Goes to what is chosen, else to the first hit; of hits that are still on their way, as soon as they are there. */
  #enter() {
    const ready = this.#shown === this.#input.value;
    this.#hasty = !ready && this.#input.value.trim() !== "";
    if (!ready) return;
    const option = this.#options.current ?? this.#options.first("a");
    if (option) this.#choose(option);
  }

  /** @param {HTMLElement} option */
  #choose(option) {
    const { query } = option.dataset;
    if (query === undefined) {
      option.click();
      return;
    }
    this.#input.value = query;
    this.#input.focus();
    this.#search();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const option = /** @type {Element} */ (event.target).closest("[data-query]");
    if (option) this.#choose(/** @type {HTMLElement} */ (option));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (this.#shown === this.#input.value) this.#reveal(true);
      this.#options.move(move);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.#form.hasAttribute("data-open")) {
        this.#reveal(false);
      } else {
        this.#input.value = "";
        this.#search();
      }
    }
  }
}

/** The options of a box: which are there, and which one the keyboard is on. */
class Options {
  #input;
  #list;
  /** @type {HTMLElement[]} */
  #all = [];
  #place = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   */
  constructor(input, list) {
    this.#input = input;
    this.#list = list;
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** The one that the keyboard is on. */
  get current() {
    return this.isOpen ? this.#all[this.#place] : undefined;
  }

  /**
   * The first of a kind.
   * @param {string} selector
   */
  first(selector) {
    return this.#all.find((option) => option.matches(selector));
  }

  /**
   * What is there already stays: it need not be laid out again.
   * @param {HTMLElement[]} options
   */
  show(options) {
    this.#list.scrollTop = 0;
    this.close();
    const before = this.#all;
    this.#all = options.map((option, place) => {
      option.id = `${this.#list.id}-${place}`;
      const old = before[place];
      if (old?.isEqualNode(option)) return old;
      if (old) old.replaceWith(option);
      else this.#list.append(option);
      return option;
    });
    for (const old of before.slice(options.length)) old.remove();
  }

  open() {
    this.#setOpen(this.#all.length > 0);
  }

  close() {
    this.#goTo(-1);
    this.#setOpen(false);
  }

  /** @param {number} by */
  move(by) {
    const { length } = this.#all;
    // One place more than there are options: in it the keyboard is in the text.
    if (length > 0) this.#goTo((this.#place + 1 + by + length + 1) % (length + 1) - 1);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
  }

  /** @param {number} place */
  #goTo(place) {
    this.#all[this.#place]?.setAttribute("aria-selected", "false");
    this.#place = place;
    const option = this.#all[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }
}

/**
 * A hit that leads to its page.
 * @param {Row} row
 * @param {string} root
 * @param {Set<string>} terms
 */
function hitOption(row, root, terms) {
  const option = document.createElement("a");
  option.href = `${root}${row.url}index.html`;
  option.tabIndex = -1;
  makeOption(option, row.removed ? "hit hit-removed" : "hit");
  const life = row.removed ? "removed" : row.status === "broken" ? "broken" : "live";
  option.append(
    part("hit-name", [part(`tag tag-${row.kind}`, [row.kind]), " ", ...marked(row.name, terms).flatMap(breakable)]),
    part("hit-about", [
      part("hit-owner", [row.owner || "no owner"]), ...row.category.split(", ").map(categoryPart),
      part(`status status-${life}`, [row.status]), part("hit-time", [row.time]),
    ]),
    part("hit-description", marked(row.description, terms)),
  );
  return option;
}

/**
 * Leads to all hits as a list, to be narrowed and taken along.
 * @param {Result} result
 * @param {string} root
 */
function allOption({ query, total }, root) {
  const option = document.createElement("a");
  option.href = `${root}index.html?q=${encodeURIComponent(query)}`;
  option.tabIndex = -1;
  makeOption(option, "all-hits");
  option.append(`All ${total} hits as a list`);
  return option;
}

/**
 * What could have been meant, as queries to go on with.
 * @param {Notice} notice
 * @param {string} query
 */
function proposalOptions(notice, query) {
  return proposals(notice, query).map((next) => {
    const option = document.createElement("div");
    makeOption(option, "proposal");
    option.dataset.query = next;
    option.append("Search for ", part("proposed", [next]));
    return option;
  });
}

/**
 * The query with what was wrong in it put right, in each way that is suggested.
 * @param {Notice} notice
 * @param {string} query
 */
function proposals({ kind, text, suggestions }, query) {
  const wrong = /`(.+)`/.exec(text)?.[1].toLowerCase() ?? "";
  const start = wrong === "" ? -1 : query.toLowerCase().indexOf(wrong);
  if (start < 0) return [];
  const [before, after] = [query.slice(0, start), query.slice(start + wrong.length)];
  return suggestions.map((suggestion) => {
    const bare = kind === "unknown-filter" ? `${suggestion}:` : suggestion;
    const right = /\s/.test(bare) && !before.endsWith('"') ? `"${bare}"` : bare;
    return `${before}${right}${after}`;
  });
}

/**
 * @param {HTMLElement} element
 * @param {string} className
 */
function makeOption(element, className) {
  element.className = className;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
}

/**
 * @param {string} className
 * @param {(string | Node)[]} content
 */
function part(className, content) {
  const span = document.createElement("span");
  span.className = className;
  span.append(...content);
  return span;
}

/**
 * A text with what was found in it marked.
 * @param {string} text
 * @param {Set<string>} terms
 */
function marked(text, terms) {
  return highlight(text, terms).map(([words, found]) => (found ? element("mark", words) : words));
}

/**
 * A part of a name that may be broken behind its separators, as the templates' filter of this name does it.
 * @param {string | Node} text
 * @returns {(string | Node)[]}
 */
function breakable(text) {
  if (typeof text !== "string") return [text];
  return text.split(/([^._/:]*[._/:]+)/).filter(Boolean).flatMap((piece) => (
    /[._/:]$/.test(piece) ? [piece, document.createElement("wbr")] : [piece]
  ));
}

/**
 * A message in which words between backticks are code.
 * @param {string} message
 */
function ticked(message) {
  return message.split("`").map((text, place) => (place % 2 === 1 ? element("code", text) : text));
}

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** @param {string} category */
function categoryPart(category) {
  return part(`category category-${classWord(category)}`, [category]);
}

/**
 * A value as part of a class name, as the templates' filter `word` makes it.
 * @param {string} value
 */
function classWord(value) {
  return value.toLowerCase().replace(/[^a-z0-9]/g, "").slice(0, 40);
}

/**
 * What is read out and stands below the box.
 * @param {Result} result
 * @param {number} shown
 */
function inWords(result, shown) {
  const said = result.notices.map((notice) => `${notice.text}. `).join("");
  if (result.total === 0) return `${said}Nothing found.`;
  const hits = result.total === 1 ? "1 hit" : `${result.total} hits`;
  return `${said}${hits}${result.total > shown ? `, the first ${shown} are shown` : ""}.`;
}

/**
 * `/` and Ctrl-K or Cmd-K go to the box, unless something is being written. On the home page, a word does that is typed
 * before anything has the focus.
 * @param {Box} box
 * @param {boolean} home
 */
function addShortcuts(box, home) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const focused = document.activeElement;
    const written = focused?.closest("input, textarea, select, [contenteditable]");
    // Some keyboards have `/` behind Shift.
    if (command ? !event.shiftKey && event.key.toLowerCase() === "k" : event.key === "/" && !written) {
      event.preventDefault();
      box.focus();
    } else if (home && !command && focused === document.body && /^[\p{L}\p{N}_]$/u.test(event.key)) {
      box.focus();
    }
  });
}

function startSearch() {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form[data-lookup]");
  if (!form) return;
  addShortcuts(new Box(form, lookupAt(form.dataset.lookup ?? "")), form.closest(".hero") !== null);
}

// Deferred scripts run before this event, whole.
globalThis.document?.addEventListener("DOMContentLoaded", startSearch);
