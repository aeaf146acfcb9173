import { createHash } from 'node:crypto';
import { withoutGaps } from './slots.ts';

/** Assigns ids to the elements of one page: ASCII, unique, and stable while their text doesn't change. */
export class Ids {
  readonly #taken = new Set<string>();
  /** How often each name was claimed, to continue the search for a free number there. */
  readonly #counts = new Map<string, number>();

  /** Returns an id made from an ASCII name, `t-754`; the second one is `t-754-2`. */
  claim(name: string): string {
    let id = name;
    let count = this.#counts.get(name) ?? 1;
    while (this.#taken.has(id)) id = `${name}-${++count}`;
    this.#counts.set(name, count);
    this.#taken.add(id);
    return id;
  }

  /** Returns an id made from any text: readable for ASCII text, `s-sop-2-0`, otherwise a digest, `s-1f0c9a2b`. */
  claimText(prefix: string, template: string): string {
    const text = withoutGaps(template).trim();
    const words =
      text
        .toLowerCase()
        .match(/[a-z0-9]+/g)
        ?.join('-') ?? '';
    const readable = /^[\x20-\x7e]+$/.test(text) && words !== '' && words.length <= 60;
    const name = readable ? words : createHash('sha256').update(text).digest('hex').slice(0, 8);
    return this.claim(`${prefix}-${name}`);
  }
}
