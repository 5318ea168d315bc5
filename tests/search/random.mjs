// Random numbers that are the same in every run.

/** @param {number} seed */
export function randomFrom(seed) {
  let state = seed;
  /** From 0 up to 1. */
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @param {number} end */
  const below = (end) => Math.floor(random() * end);
  return {
    below,
    /** @template T @param {ArrayLike<T>} list */
    one: (list) => list[below(list.length)],
    /** @template T @param {number} count @param {() => T} make */
    many: (count, make) => Array.from({ length: count }, make),
    chance: (/** @type {number} */ share) => random() < share,
  };
}
