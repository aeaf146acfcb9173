import { relative, resolve } from 'node:path';
import { tryGit } from './git.ts';
import { withoutForbidden } from './markdown/characters.ts';
import { dayInShanghai, LAST_DAY } from './model/week.ts';

/** The git history of one file. */
export interface FileHistory {
  /**
   * Day of the last commit that changed an existing file's content, YYYY-MM-DD in Shanghai; missing if no commit has.
   */
  updated?: string;
  /** Names of the commits' authors (.mailmap respected), in the order of their first commit. */
  contributors: string[];
}

/** The line that starts a commit: seconds since 1970, then the author. No file status starts with `@`. */
const COMMIT = /^@(\d+) (.*)$/s;

/**
 * Reads the history of all files below `folder` with one run of `git log`. Renamed files keep their history. An entry
 * has one history, whether it is a file or has a folder of its own: git sees no rename if most of it changes when it
 * moves.
 *
 * @param revision - the last commit to include, or a range of them: `OLD..NEW`
 * @returns path below the folder → history, `notes/foo.mdx` for `notes/foo/index.mdx` too; empty if there is no git, no
 * repository or only a shallow clone (which would attribute everything to the author of its oldest commit)
 */
export function readHistory(folder: string, revision = 'HEAD'): Map<string, FileHistory> {
  // Uses git's prefix, not the repository's path: `folder` may be reached through a symbolic link.
  const asked = ['rev-parse', '--is-shallow-repository', '--show-prefix'];
  const [answer, prefix = ''] = tryGit(folder, asked)?.split('\n') ?? [];
  if (answer !== 'false') return new Map();
  const log = tryGit(folder, [
    'log',
    '--no-merges',
    '--name-status',
    '-z',
    '--find-renames',
    '--no-ext-diff',
    '--format=@%at %aN',
    '--end-of-options',
    revision,
    '--',
    '.',
  ]);
  return parseLog(log ?? '', prefix);
}

/** Whether a folder is in a clone that lacks the older commits, so that {@link readHistory} finds nothing. */
export function isShallow(folder: string): boolean {
  return tryGit(folder, ['rev-parse', '--is-shallow-repository']) === 'true';
}

/**
 * Returns the history of entries, by entry id.
 *
 * @param folder - the content folder that contains the files; it may be a copy of the one in the repository
 * @param known - the result of {@link readHistory}
 */
export function historiesOf(
  entries: readonly { id: string; file: string }[],
  folder: string,
  known: ReadonlyMap<string, FileHistory>,
): Map<string, FileHistory> {
  return new Map(
    entries.flatMap(({ id, file }) => {
      const history = known.get(keyOf(relative(folder, resolve(file))));
      return history ? [[id, history]] : [];
    }),
  );
}

/** Returns the path under which a history is found: `notes/foo.mdx` and `notes/foo/index.mdx` are the same entry. */
function keyOf(path: string): string {
  return path.replace(/\/index\.mdx$/, '.mdx');
}

/**
 * Parses the output of `git log --name-status -z`, newest commit first.
 *
 * @param prefix - what the paths in it have before the path below the folder
 * @returns key → history, under the names that files have now
 */
function parseLog(log: string, prefix: string): Map<string, FileHistory> {
  const histories = new Map<string, FileHistory>();
  /** Older key → current key. */
  const names = new Map<string, string>();
  let author = '';
  let day: string | undefined;
  const fields = log.split('\0').map((field) => field.replace(/^\n/, ''));
  const keyAt = (at: number) => keyOf(fields[at]!.slice(prefix.length));
  for (let at = 0; at < fields.length; at++) {
    const [, seconds, name] = COMMIT.exec(fields[at]!) ?? [];
    if (name !== undefined) {
      author = withoutForbidden(name);
      day = dayOf(Number(seconds));
      continue;
    }
    const status = fields[at]!;
    if (status === '') continue;
    let file = keyAt(++at);
    if (/^[RC]/.test(status)) {
      const before = file;
      file = keyAt(++at);
      if (status.startsWith('R')) names.set(before, names.get(file) ?? file);
    }
    const now = names.get(file) ?? file;
    // A bot that moves files hasn't written anything.
    if (author.endsWith('[bot]')) continue;
    // A pure rename changes nothing in the file.
    if (status === 'R100') continue;
    const history = histories.get(now) ?? { contributors: [] };
    histories.set(now, history);
    if (status !== 'A' && day !== undefined) history.updated ??= day;
    history.contributors = [author, ...history.contributors.filter((other) => other !== author)];
  }
  return histories;
}

/** Returns the day of a commit, or undefined for a time after the year 9999: a commit can claim any time. */
function dayOf(seconds: number): string | undefined {
  return seconds * 1000 < Date.parse(LAST_DAY) ? dayInShanghai(new Date(seconds * 1000)) : undefined;
}
