import type { Entry } from '../../src/markdown/content.ts';

/** The id of each entry with a digest of its state, stored by one publish for the next. */
export type Shown = Record<string, string>;

/**
 * What the live site shows before a publish: null if there is no site, `unknown` if its record is lost or sealed with
 * another secret.
 */
export type ShownBefore = Shown | 'unknown' | null;

export interface Changes {
  /** Ids. */
  added: string[];
  changed: string[];
  removed: string[];
}

/** Hex digits of a digest: enough to distinguish two states of one entry. */
const digits = 12;

/** Returns the entries that a publication shows, for comparison with the next one. */
export function shownBy(entries: readonly Pick<Entry, 'id' | 'digest'>[]): Shown {
  return Object.fromEntries(entries.map(({ id, digest }) => [id, digest.slice(0, digits)]));
}

/** Returns the entries that the live site certainly shows. */
export function knownOf(before: ShownBefore): Shown {
  return before === 'unknown' || before === null ? {} : before;
}

/** Returns the differences between two publications. */
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
