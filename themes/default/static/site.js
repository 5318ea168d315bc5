// What pages can do where scripts run, besides searching: buttons that copy, the look.
(function () {
  "use strict";

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
})();
