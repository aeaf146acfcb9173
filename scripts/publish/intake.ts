import { megabytes } from '../../src/text/megabytes.ts';
import { pace } from '../verify/ask.ts';

/** More bytes than the names of two million files take. */
export const largestListing = 2 ** 28;
/** A target that works but sends nothing is given up after this many times the `patience` for one file. */
export const longWork = 20;
/** The most files that a target may list: all names are held in memory. */
export const mostFiles = 4_000_000;

/**
 * Collects the answer of a target, part by part, and limits its size and time. A target is not trusted: an endless
 * answer would fill the memory, and one that trickles in would occupy the publisher, and lock out all others, for ever.
 */
export class Intake {
  readonly #parts: Uint8Array[] = [];
  readonly #limit: number;
  readonly #patience: number;
  readonly #began = Date.now();
  #size = 0;

  /**
   * @param limit - in bytes
   * @param patience - how many milliseconds the answer may take, plus one second for each `pace` bytes
   */
  constructor(limit: number, patience = Infinity) {
    this.#limit = limit;
    this.#patience = patience;
  }

  /** @throws Error when the answer is too large or too slow */
  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size > this.#limit) throw new Error(`sends more than ${megabytes(this.#limit, 0)}`);
    this.assertPace();
  }

  /** @throws Error when the answer is too slow, even if nothing has come at all */
  assertPace(): void {
    if (Date.now() - this.#began > this.#patience + (this.#size / pace) * 1000) {
      throw new Error(`has sent only ${this.#size} bytes so far`);
    }
  }

  /** Returns everything received. */
  whole(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#parts);
  }
}
