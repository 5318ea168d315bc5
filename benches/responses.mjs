// What a page says of itself: long tasks, layout shifts, paints, and how soon it is painted after each interaction.

/** Milliseconds without a long task or a request after which a page is at rest. */
const REST = 300;

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
    // Shorter ones than two frames are not told of.
    observe("event", { durationThreshold: 16 }, ({ interactionId, duration, name }) => {
      if (!interactionId) return;
      const known = answers.get(interactionId);
      if (!known || known.duration < duration) answers.set(interactionId, { duration, kind: name });
    }),
  ];
  // Going back is no interaction to the browser: from the event to the next paint.
  window.travel = (steps) => new Promise((resolve) => {
    addEventListener("popstate", ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => {
        answers.set(Symbol("travel"), { duration: Math.round(performance.now() - timeStamp), kind: "popstate" });
        resolve();
      }));
    }, { once: true });
    history.go(steps);
  });
  window.tasksSeen = () => {
    flushes[0]();
    return tasks.length + performance.getEntriesByType("resource").length;
  };
  /** All since it was last asked. */
  window.taken = () => {
    for (const flush of flushes) flush();
    const seen = {
      answers: [...answers.values()],
      blocked: tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
      longest: Math.max(0, ...tasks),
      shift: shifts.reduce((sum, value) => sum + value, 0),
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
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
  let before = -1;
  for (;;) {
    const now = await page.evaluate(() => window.tasksSeen());
    if (now === before) return;
    before = now;
    await page.waitForTimeout(REST);
  }
}
