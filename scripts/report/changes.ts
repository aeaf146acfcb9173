import type { Entry } from '../../src/markdown/content.ts';

/** Entries by id with what tells one state of them from another; what one publish leaves for the next. */
export type Shown = Record<string, string>;

export interface Changes {
  /** Ids. */
  added: string[];
  changed: string[];
  removed: string[];
}

/** As many hex digits of a digest as tell two states of one entry apart. */
const digits = 12;

/** What a publication shows, to be compared with the next. */
export function shownBy(entries: readonly Pick<Entry, 'id' | 'digest'>[]): Shown {
  return Object.fromEntries(entries.map(({ id, digest }) => [id, digest.slice(0, digits)]));
}

/** What one publication shows that another does not, and the reverse. */
export function changesBetween(before: Shown, after: Shown): Changes {
  const has = (shown: Shown, id: string) => Object.hasOwn(shown, id);
  const ids = Object.keys(after).sort();
  return {
    added: ids.filter((id) => !has(before, id)),
    changed: ids.filter((id) => has(before, id) && before[id] !== after[id]),
    removed: Object.keys(before)
      .filter((id) => !has(after, id))
      .sort(),
  };
}
