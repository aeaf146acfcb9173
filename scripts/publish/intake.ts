import { megabytes } from '../../src/bytes.ts';
import { pace } from '../verify/ask.ts';

/** More bytes than the names of all files have: of two million. */
export const largestListing = 2 ** 28;
/** How many files a target may list at most: all names are held in memory. */
export const mostFiles = 4_000_000;

/**
 * Takes in what a target sends, part by part. None of it is to be trusted: what has no end would fill the memory, and
 * what comes byte by byte would keep a publisher at work, who shuts out others, for ever.
 */
export class Intake {
  readonly #parts: Uint8Array[] = [];
  readonly #limit: number;
  readonly #patience: number;
  readonly #began = Date.now();
  #size = 0;

  /**
   * @param limit - in bytes
   * @param patience - milliseconds that it may take, and a second more for each `pace` bytes
   */
  constructor(limit: number, patience = Infinity) {
    this.#limit = limit;
    this.#patience = patience;
  }

  /** @throws Error when it was more than may come, or has taken too long */
  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size > this.#limit) throw new Error(`sends more than ${megabytes(this.#limit, 0)}`);
    if (Date.now() - this.#began > this.#patience + (this.#size / pace) * 1000) {
      throw new Error(`has sent only ${this.#size} bytes so far`);
    }
  }

  /** All that came. */
  whole(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#parts);
  }
}
