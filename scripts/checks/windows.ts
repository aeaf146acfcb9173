/** A run of this many Han characters, or letters and digits, is taken for a quotation and not for chance. */
const hanRun = 12;
const latinRun = 24;

/** A stretch of a text that is compared: its hash of 32 bits, and the stretch itself, which costs more. */
type Visit = (hash: number, run: () => string) => void;

/** Visits every window of {@link hanRun} Han characters and of {@link latinRun} letters and digits in `text`. */
export function eachWindow(text: string, visit: Visit): void {
  slide(text.replace(/[^\p{Script=Han}]+/gu, ''), hanRun, visit);
  // White space folded away too: a page and its source break lines in other places.
  slide(text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase(), latinRun, visit);
}

/** The hashes of all windows of `text`, as {@link eachWindow} visits them. */
export function windowHashes(text: string): Int32Array {
  const hashes: number[] = [];
  eachWindow(text, (hash) => hashes.push(hash));
  return Int32Array.from(hashes);
}

/** Rabin and Karp's rolling hash: each window's follows from the one before by the unit that comes and the one that goes. */
const base = 0x01000193;

/** The hash of a window of just these units, as {@link slide} has it. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Visits every window of `length` units in `text`. */
export function slide(text: string, length: number, visit: Visit): void {
  let leaving = 1;
  for (let i = 0; i < length; i++) leaving = Math.imul(leaving, base);
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    hash = (Math.imul(hash, base) + text.charCodeAt(end)) | 0;
    const start = end - length + 1;
    if (start > 0) hash = (hash - Math.imul(leaving, text.charCodeAt(start - 1))) | 0;
    if (start >= 0) visit(hash, () => text.slice(start, end + 1));
  }
}

/** A Bloom filter: never denies what was added, and takes two in a hundred for it that were not. */
export class HashFilter {
  readonly #bits: Uint8Array;
  /** What is left of 32 bits is a place. */
  readonly #shift: number;

  /** @param count - how many will be added; each gets sixteen bits at least */
  constructor(count: number) {
    const width = Math.min(32, Math.max(10, Math.ceil(Math.log2(count)) + 4));
    this.#bits = new Uint8Array(2 ** (width - 3));
    this.#shift = 32 - width;
  }

  add(hash: number): void {
    this.#set(mixed(hash));
    this.#set(mixed(~hash));
  }

  has(hash: number): boolean {
    return this.#isSet(mixed(hash)) && this.#isSet(mixed(~hash));
  }

  #set(hash: number): void {
    const place = hash >>> this.#shift;
    this.#bits[place >>> 3]! |= 1 << (place & 7);
  }

  #isSet(hash: number): boolean {
    const place = hash >>> this.#shift;
    return (this.#bits[place >>> 3]! & (1 << (place & 7))) !== 0;
  }
}

/** As MurmurHash 3 ends, since the lower bits of a rolling hash follow from few characters. */
function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return product ^ (product >>> 13);
}
