/** Whole numbers below a limit, the same ones for the same seed: a test that fails can be run again. */
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
