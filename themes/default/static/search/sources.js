// Where the index's files come from.

/**
 * Gives the value of a file of the index: `core`, or `<folder>/t/3`.
 * @typedef {(path: string) => Promise<any>} Load
 */

/**
 * Files over http.
 * @param {string} base the address of `lookup/`
 * @returns {Load}
 */
function fetchFrom(base) {
  return async (path) => {
    // Only the core has a name that stays; what it names never changes.
    const answer = await fetch(`${base}${path}.json`, path === "core" ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${path}.json: ${answer.status}`);
    return answer.json();
  };
}

/**
 * Files from a disk, from where pages may load scripts only: each calls `lookup` with its value.
 * @param {string} base the address of `lookup/`
 * @returns {Load}
 */
function scriptsFrom(base) {
  /** By script, for two builds' files have the same paths below their folders. @type {WeakMap<object, unknown>} */
  const values = new WeakMap();
  Object.assign(globalThis, {
    lookup: (/** @type {string} */ _path, /** @type {unknown} */ value) => {
      if (document.currentScript) values.set(document.currentScript, value);
    },
  });
  return (path) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const end = () => {
      script.remove();
      if (values.has(script)) resolve(values.get(script));
      else reject(new Error(`${path}.js: not loaded`));
    };
    script.onload = end;
    script.onerror = end;
    script.src = `${base}${path}.js`;
    document.head.append(script);
  });
}
