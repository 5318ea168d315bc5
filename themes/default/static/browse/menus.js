// A menu for each facet: its values with how many hits they have, to be chosen and left out.

/** From so many values on, a menu has a text field to find them. */
const MANY = 10;

/** So many values are shown at once; the others are found by typing. */
const MOST_SHOWN = 200;

/** @typedef {{key: string, name: string, count: number, choice: Choice}} Value */

class Menu {
  #details;
  #panel = make("div", "menu");
  #list = make("ul");
  #field = make("input");
  #summary;
  #title;
  /** @type {Value[]} */
  #values = [];
  /** Of each value, so that one stays what it is, with the focus, while numbers change. @type {Map<string, ValueRow>} */
  #rows = new Map();
  #load;
  #choose;
  /** The last time that it was filled: an older answer does not replace a newer one. */
  #turn = 0;

  /**
   * @param {HTMLDetailsElement} details with the facet's name
   * @param {(facet: string) => Promise<Value[]>} load
   * @param {(facet: string, values: Value[]) => void} choose
   */
  constructor(details, load, choose) {
    this.#details = details;
    this.#load = load;
    this.#choose = choose;
    this.#summary = /** @type {HTMLElement} */ (details.querySelector("summary"));
    this.#title = this.#summary.textContent ?? "";
    details.addEventListener("toggle", () => {
      if (details.open) this.#opened();
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      this.#summary.focus();
    });
  }

  /** Pages have more menus than anyone opens. */
  #furnish() {
    this.#field.type = "search";
    this.#field.placeholder = `Find a ${this.#title.toLowerCase()}`;
    this.#field.setAttribute("aria-label", this.#field.placeholder);
    this.#field.hidden = true;
    this.#field.addEventListener("input", () => this.#draw());
    this.#list.addEventListener("change", (event) => this.#toggle(event, "wanted"));
    this.#list.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("button")) this.#toggle(event, "unwanted");
    });
    this.#panel.append(this.#field, this.#list);
    this.#details.append(this.#panel);
  }

  async #opened() {
    if (!this.#panel.isConnected) this.#furnish();
    this.#panel.classList.remove("end");
    this.#panel.classList.toggle("end", this.#panel.getBoundingClientRect().right > document.documentElement.clientWidth);
    await this.refresh();
    // Near the lower edge of the window it would open out of sight.
    this.#panel.scrollIntoView({ block: "nearest" });
  }

  get facet() {
    return this.#details.dataset.facet ?? "";
  }

  /**
   * Says in the menu's name what is chosen, and fills the menu anew where it is open.
   * @param {number} chosen how many values
   */
  update(chosen) {
    this.#summary.textContent = chosen > 0 ? `${this.#title} (${chosen})` : this.#title;
    this.#details.classList.toggle("chosen", chosen > 0);
    if (this.#details.open) this.refresh();
  }

  close() {
    this.#details.open = false;
  }

  /** @param {Node} node */
  contains(node) {
    return this.#details.contains(node);
  }

  async refresh() {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const values = await this.#load(this.facet);
      if (turn !== this.#turn) return;
      this.#values = values.filter(({ count, choice }) => count > 0 || choice !== "ignored");
      this.#field.hidden = this.#values.length <= MANY;
      this.#draw();
    } catch {
      if (turn === this.#turn) this.#list.replaceChildren(make("li", "about", "The values could not be loaded."));
    }
  }

  #draw() {
    const wanted = this.#field.value.trim().toLowerCase();
    const fitting = this.#values.filter(({ key, name }) => `${name}\n${key}`.toLowerCase().includes(wanted));
    const rows = fitting.slice(0, MOST_SHOWN).map((value) => this.#row(value));
    if (rows.length === 0) rows.push(make("li", "about", "No such value among the hits."));
    if (fitting.length > MOST_SHOWN) rows.push(make("li", "about", `${fitting.length - MOST_SHOWN} more: type to find them.`));
    const drawn = Array.from(this.#list.children);
    if (rows.length !== drawn.length || rows.some((row, place) => row !== drawn[place])) this.#list.replaceChildren(...rows);
  }

  /** @param {Value} value */
  #row({ key, name, count, choice }) {
    const known = this.#rows.get(key) ?? emptyRow(key, name);
    this.#rows.set(key, known);
    const { row, box, number, not } = known;
    row.className = choice;
    box.checked = choice === "wanted";
    number.textContent = String(count);
    not.setAttribute("aria-pressed", String(choice === "unwanted"));
    return row;
  }

  /**
   * @param {Event} event
   * @param {Choice} choice
   */
  #toggle(event, choice) {
    const { key } = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[data-key]")).dataset;
    this.#values = this.#values.map((value) => {
      if (value.key !== key) return value;
      return { ...value, choice: value.choice === choice ? "ignored" : choice };
    });
    this.#draw();
    this.#choose(this.facet, this.#values);
  }
}

/** @typedef {ReturnType<typeof emptyRow>} ValueRow */

/**
 * @param {string} key
 * @param {string} name
 */
function emptyRow(key, name) {
  const box = make("input");
  box.type = "checkbox";
  box.dataset.key = key;
  const number = make("span", "menu-count");
  const label = make("label");
  label.append(box, make("span", "menu-name", name), number);
  const not = make("button", "", "Not");
  not.type = "button";
  not.dataset.key = key;
  not.setAttribute("aria-label", `Leave out ${name}`);
  const row = make("li");
  row.append(label, not);
  return { row, box, number, not };
}
