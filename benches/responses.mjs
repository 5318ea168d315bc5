// What a page says of itself: long tasks, layout shifts, paints, and how soon it is painted after each interaction.

/** Milliseconds without a long task, a request or a new row after which a page is at rest. */
const REST = 100;

/** Runs in the page, before anything else does. */
export function watchPage() {
  const tasks = [];
  const shifts = [];
  const answers = new Map();
  const observe = (type, options, note) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ type, buffered: true, ...options });
    return () => observer.takeRecords().forEach(note);
  };
  const flushes = [
    observe("longtask", {}, ({ duration }) => tasks.push(duration)),
    observe("layout-shift", {}, ({ value, hadRecentInput }) => { if (!hadRecentInput) shifts.push(value); }),
    // Shorter ones than a frame are not told of.
    observe("event", { durationThreshold: 16 }, ({ interactionId, duration }) => {
      if (interactionId) answers.set(interactionId, Math.max(duration, answers.get(interactionId) ?? 0));
    }),
  ];
  // Going back is no interaction to the browser: from the event to the next paint.
  window.travel = (steps) => new Promise((resolve) => {
    addEventListener("popstate", ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => {
        answers.set(Symbol("travel"), Math.round(performance.now() - timeStamp));
        resolve();
      }));
    }, { once: true });
    history.go(steps);
  });
  /** Grows as long as something goes on. */
  window.doings = () => {
    flushes[0]();
    return tasks.length + performance.getEntriesByType("resource").length + document.querySelectorAll("tr").length;
  };
  /** All since it was last asked. */
  window.taken = () => {
    for (const flush of flushes) flush();
    const seen = {
      answers: [...answers.values()],
      // What keeps a page from answering, of each task what is longer than 50 ms.
      blocked: tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
      longest: Math.max(0, ...tasks),
      shift: shifts.reduce((sum, value) => sum + value, 0),
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      indexed: performance.getEntriesByType("resource").find(({ name }) => name.includes("/lookup/"))?.responseEnd ?? null,
    };
    tasks.length = 0;
    shifts.length = 0;
    answers.clear();
    return seen;
  };
}

/**
 * Waits until a page is at rest.
 * @param {import("playwright-core").Page} page
 */
export async function settled(page) {
  for (let before = null, now = await page.evaluate(() => window.doings()); now !== before;) {
    await page.waitForTimeout(REST);
    [before, now] = [now, await page.evaluate(() => window.doings())];
  }
}
