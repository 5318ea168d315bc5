// Keeps a page up to date: reloads it when it has changed, and says over it what could not be built. `serve` adds this
// script to the pages that it sends; a built site has nothing of it.
(function () {
  "use strict";

  /** @typedef {{version: string, site: string, page: string | null, failure: string | null}} State what `serve` tells */

  const FOLDER = "/~serve/";
  /** How long to wait for a server that does not answer, in milliseconds. */
  const PAUSE = 1000;

  const { page, site } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  // A browser opens six connections to a server. However many tabs there are, one of them waits for news, and tells the
  // others.
  const others = new BroadcastChannel(FOLDER);
  /** The version of the last state that was told. @type {string | undefined} */
  let seen;
  /** What is said over the page. @type {{failure: string, element: HTMLElement} | undefined} */
  let panel;

  /**
   * Asks for the state; with a version, as soon as it is another.
   * @param {string} [version]
   * @returns {Promise<State>}
   */
  async function ask(version) {
    const address = new URL(`${FOLDER}state`, location.origin);
    address.searchParams.set("page", location.pathname);
    if (version) address.searchParams.set("seen", version);
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(`state: ${answer.status}`);
    return answer.json();
  }

  /** Whether the page holds more than its own address gave: rows and hits that search has fetched. */
  function hasSearched() {
    return performance.getEntriesByType("resource").some((entry) => new URL(entry.name).pathname.startsWith("/lookup/"));
  }

  /** @param {State} state */
  function hear(state) {
    seen = state.version;
    say(state.failure);
    if (state.page !== page || (state.site !== site && hasSearched())) location.reload();
  }

  /** Waits for one state after another. */
  async function follow() {
    for (;;) {
      try {
        const before = seen;
        const state = await ask(before);
        if (state.version === before) continue;
        others.postMessage(state.version);
        hear(state);
      } catch {
        // The server has stopped; it may be started again.
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  /** Catches up with what was told while nobody listened. */
  function catchUp() {
    // Without an answer there is no news.
    ask().then(hear, () => {});
  }

  /**
   * Says over the page why the files as they are now cannot be built, or nothing any more.
   * @param {string | null} failure
   */
  function say(failure) {
    if (failure === (panel?.failure ?? null)) return;
    panel?.element.remove();
    panel = undefined;
    if (failure === null) return;
    // What the theme says of other elements does not reach in there.
    const element = document.createElement("div");
    const root = element.attachShadow({ mode: "open" });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${FOLDER}panel.css` });
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    const title = Object.assign(document.createElement("h2"), { textContent: "The site cannot be built" });
    const reason = Object.assign(document.createElement("pre"), { textContent: failure, tabIndex: 0 });
    const note = Object.assign(document.createElement("p"), {
      textContent: "What you see is the site as it was before. This goes away once the cause is mended.",
    });
    const hide = Object.assign(document.createElement("button"), { type: "button", textContent: "Hide" });
    hide.addEventListener("click", () => element.remove());
    box.append(title, reason, note, hide);
    root.append(style, box);
    document.body.append(element);
    panel = { failure, element };
  }

  others.addEventListener("message", ({ data }) => {
    if (data !== seen) catchUp();
  });
  // The page was kept while another was shown in its place.
  addEventListener("pageshow", (event) => {
    if (event.persisted) catchUp();
  });
  catchUp();
  navigator.locks.request(FOLDER, follow);
})();
