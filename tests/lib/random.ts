/**
 * Returns a generator of whole numbers below a limit. The same seed gives the same numbers, so that a failing test can
 * be repeated.
 */
export function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    // Mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
