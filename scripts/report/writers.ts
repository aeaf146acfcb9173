import { historiesOf, readHistory } from '../../src/history.ts';

/** The names of those who wrote a piece, from git, by its id. */
export interface Writers {
  /** Who has ever committed to it, for a new piece. */
  ever: ReadonlyMap<string, string[]>;
  /** Who has committed to it since the previous publication, for a changed one. */
  since: ReadonlyMap<string, string[]>;
}

/**
 * Reads who wrote the entries of a content folder. Outside git, and for what is not committed, that is nobody.
 *
 * @param live - the revision that is live; without one, nobody is known to have changed a piece since
 * @param revision - the revision that is published
 */
export function writersOf(
  folder: string,
  entries: readonly { id: string; file: string }[],
  live: string | undefined,
  revision = 'HEAD',
): Writers {
  const within = (range: string) =>
    new Map(
      [...historiesOf(entries, folder, readHistory(folder, range))].map(([id, { contributors }]) => [
        id,
        contributors,
      ]),
    );
  return {
    ever: within(revision),
    since: live === undefined ? new Map() : within(`${live}..${revision}`),
  };
}
