// Light or dark, as chosen on an earlier page. Runs before the page is drawn, so that nothing flashes.
(function () {
  "use strict";
  try {
    const look = localStorage.getItem("look");
    if (look === "light" || look === "dark") document.documentElement.dataset.look = look;
  } catch {
    // Pages opened from a disk may not be allowed to remember: then the system's preference holds.
  }
})();
