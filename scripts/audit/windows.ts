/**
 * A run of this many Han characters, or of letters and digits, counts as a quotation: it is too long to match by
 * chance.
 */
const hanRun = 12;
export const latinRun = 24;

/** Is called with a window of a text: its 32-bit hash, and a function that returns the text, which costs more. */
type Visit = (hash: number, run: () => string) => void;

/** Visits every window of {@link hanRun} Han characters and of {@link latinRun} letters and digits in `text`. */
export function eachWindow(text: string, visit: Visit): void {
  slide(hanOf(text), hanRun, visit);
  slide(latinOf(text), latinRun, visit);
}

/** Returns what {@link eachWindow} cuts the windows of a text from. */
export function ofRuns(text: string): string {
  return `${hanOf(text)}\n${latinOf(text)}`;
}

/** Whether a run says something. Tables of dates and weeks repeat two or three characters: 第周第周, 年月日年月日. */
export const isTelling = (run: string): boolean => new Set(run).size > 3;

const hanOf = (text: string) => text.replace(/[^\p{Script=Han}]+/gu, '');
/** White space is removed too: a page and its source break lines at different places. */
const latinOf = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();

/** Returns the hashes of all windows of `text`, as {@link eachWindow} visits them. */
export function windowHashes(text: string): Int32Array {
  const hashes: number[] = [];
  eachWindow(text, (hash) => hashes.push(hash));
  return Int32Array.from(hashes);
}

/**
 * The base of a Rabin–Karp rolling hash: each window's hash follows from the previous one by the unit that enters and
 * the one that leaves.
 */
const base = 0x01000193;

/** Returns the hash that {@link slide} gives for a window with exactly this text. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Visits every window of `length` UTF-16 units in `text`. */
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

/** A Bloom filter of hashes: no false negatives, at most two percent false positives. */
export class HashFilter {
  readonly #bits: Uint8Array;
  /** Shifting a hash right by this many bits gives the place of a bit. */
  readonly #shift: number;

  /** @param count - how many hashes will be added; each gets at least sixteen bits */
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

/** The finalizer of MurmurHash3: the lower bits of a rolling hash depend on few characters. */
function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return product ^ (product >>> 13);
}
