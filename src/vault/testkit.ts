import type { Bytes } from './bytes.ts';
import { deriveTierKeys } from './keys.ts';

/** A secret for tests: the bytes 0 to 31. */
export const SECRET: Bytes = Uint8Array.from({ length: 32 }, (_, i) => i);
export const EPOCH = '00112233445566778899aabbccddeeff';

export const members = () => deriveTierKeys(SECRET, 'members', EPOCH);

/** Pseudorandom bytes, the same for each seed. */
export function noise(size: number, seed = 1): Bytes {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}

/** A copy with one bit flipped. */
export function flipped(bytes: Bytes, index: number, bit = index % 8): Bytes {
  const copy = bytes.slice();
  copy[index]! ^= 1 << bit;
  return copy;
}
