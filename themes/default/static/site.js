// What pages can do where scripts run: search over the words of names and descriptions, buttons that copy, the look.
(function () {
  "use strict";

  const MOST_RESULTS = 20;

  /** @param {string} text */
  function words(text) {
    return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  /**
   * Adds, for each item that has a word, how well it fits: a whole word before its beginning, a name before a text.
   * @param {Map<number, number>} scores
   * @param {[string, number[]][]} terms sorted by term
   * @param {string} word
   * @param {number} weight
   */
  function add(scores, terms, word, weight) {
    let low = 0;
    let high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle][0] < word) low = middle + 1;
      else high = middle;
    }
    for (; low < terms.length && terms[low][0].startsWith(word); low += 1) {
      const score = terms[low][0] === word ? weight * 2 : weight;
      for (const item of terms[low][1]) scores.set(item, Math.max(scores.get(item) || 0, score));
    }
  }

  /**
   * The items that have every word of a query, best first; removed ones last.
   * @param {{items: any[], name: [string, number[]][], text: [string, number[]][]}} index
   * @param {string} query
   */
  function search(index, query) {
    /** @type {Map<number, number> | null} */
    let found = null;
    for (const word of words(query)) {
      const scores = new Map();
      add(scores, index.text, word, 1);
      add(scores, index.name, word, 4);
      if (found === null) {
        found = scores;
      } else {
        for (const [item, score] of found) {
          const more = scores.get(item);
          if (more === undefined) found.delete(item);
          else found.set(item, score + more);
        }
      }
    }
    // Someone who types a whole name wants that one.
    const whole = query.trim().toLowerCase();
    for (const [item, score] of found || []) {
      if (index.items[item].name.toLowerCase() === whole) found.set(item, score + 1000);
    }
    const removed = (/** @type {number} */ item) => (index.items[item].life === "removed" ? 1 : 0);
    const hits = Array.from(found || []);
    hits.sort((a, b) => removed(a[0]) - removed(b[0]) || b[1] - a[1] || a[0] - b[0]);
    return hits.map((hit) => index.items[hit[0]]);
  }

  /** @param {HTMLElement} form */
  function start(form) {
    const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    const status = /** @type {HTMLElement} */ (form.querySelector(".search-status"));
    const list = /** @type {HTMLElement} */ (form.querySelector(".search-results"));
    /** @type {Promise<any> | null} */
    let index = null;

    function load() {
      index = index || fetch(form.dataset.lookup || "").then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
      return index;
    }

    /** @param {any[]} hits */
    function show(hits) {
      list.replaceChildren(...hits.slice(0, MOST_RESULTS).map((hit) => {
        const row = document.createElement("li");
        const link = document.createElement("a");
        link.href = form.dataset.root + hit.url;
        link.textContent = hit.name;
        const about = document.createElement("span");
        about.textContent = ` ${hit.kind} · ${hit.owner || "no owner"} · ${hit.data_category} · ${hit.status}`;
        row.append(link, about);
        return row;
      }));
      const more = hits.length > MOST_RESULTS ? `, the first ${MOST_RESULTS} are shown` : "";
      status.textContent = hits.length === 0 ? "Nothing found" : `${hits.length} found${more}`;
    }

    async function update() {
      const query = input.value;
      if (words(query).length === 0) {
        list.replaceChildren();
        status.textContent = "";
        return;
      }
      try {
        const loaded = await load();
        if (input.value === query) show(search(loaded, query));
      } catch {
        index = null;
        if (input.value === query) status.textContent = "The search index could not be loaded; the lists below hold everything";
      }
    }

    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    input.addEventListener("focus", () => load().catch(() => { index = null; }), { once: true });
    input.addEventListener("input", update);
    if (input.value) update();
  }

  /** A switch between the system's look, light and dark; the choice is kept for the next pages. */
  function addLookSwitch() {
    const place = document.querySelector(".look");
    if (!place) return;
    const LOOKS = ["auto", "light", "dark"];
    const button = document.createElement("button");
    button.type = "button";
    const current = () => document.documentElement.dataset.look || "auto";
    const name = () => { button.textContent = `Theme: ${current()}`; };
    button.addEventListener("click", () => {
      const next = LOOKS[(LOOKS.indexOf(current()) + 1) % LOOKS.length];
      if (next === "auto") delete document.documentElement.dataset.look;
      else document.documentElement.dataset.look = next;
      try {
        localStorage.setItem("look", next);
      } catch {
        // It holds for this page at least.
      }
      name();
    });
    name();
    place.append(button);
  }

  /**
   * A button that copies a text and says so.
   * @param {string} what
   * @param {() => string} text
   */
  function copyButton(what, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = what;
    button.addEventListener("click", async () => {
      let done = "Copied";
      try {
        await navigator.clipboard.writeText(text());
      } catch {
        done = "Select and copy by hand";
      }
      button.textContent = done;
      setTimeout(() => { button.textContent = what; }, 1500);
    });
    return button;
  }

  function addCopyButtons() {
    for (const name of document.querySelectorAll("[data-copy]")) {
      // Beside the kind above it: a long name leaves no room.
      name.previousElementSibling?.append(copyButton("Copy name", () => name.getAttribute("data-copy") || ""));
    }
    for (const block of document.querySelectorAll("[data-copy-below]")) {
      const heading = block.closest("section[aria-labelledby]")?.querySelector("h2");
      const what = block.matches(".yaml") ? "Copy YAML" : "Copy";
      if (heading) heading.append(copyButton(what, () => block.textContent || ""));
    }
  }

  addLookSwitch();
  addCopyButtons();
  for (const form of document.querySelectorAll("form[data-lookup]")) start(/** @type {HTMLElement} */ (form));
})();
