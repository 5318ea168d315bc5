// Runs before the page is drawn, so that nothing flashes.
(function () {
  "use strict";
  const root = document.documentElement;
  // Light or dark, as chosen on an earlier page.
  try {
    const look = localStorage.getItem("look");
    if (look === "light" || look === "dark") root.dataset.look = look;
  } catch {
    // Pages opened from a disk may not be allowed to remember: then the system's preference holds.
  }
  // Where the address asks for a part of a list, the whole list need not be laid out before that part is found.
  if (location.search.length > 1) {
    root.dataset.asked = "";
    // Where no script takes the question, the whole list is the answer.
    addEventListener("load", () => {
      if (!document.querySelector(".browsing")) delete root.dataset.asked;
    });
  }
})();
