import { createHash } from 'node:crypto';
import { withoutGaps } from './slots.ts';

/** Hands out ids for elements of one page: ASCII, the same as long as the text is the same, each only once. */
export class Ids {
  readonly #taken = new Set<string>();
  /** How often a name was asked for: where to go on looking for a free number. */
  readonly #counts = new Map<string, number>();

  /** An id from words that are ASCII already, `t-754`; the second one is `t-754-2`. */
  claim(name: string): string {
    let id = name;
    let count = this.#counts.get(name) ?? 1;
    while (this.#taken.has(id)) id = `${name}-${++count}`;
    this.#counts.set(name, count);
    this.#taken.add(id);
    return id;
  }

  /** An id from any text: readable where the text is ASCII, else a digest of it; `s-sop-2-0`, `s-1f0c9a2b`. */
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

  has(id: string): boolean {
    return this.#taken.has(id);
  }
}
