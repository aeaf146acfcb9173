import { relative, resolve } from 'node:path';
import { tryGit } from './git.ts';
import { dayInShanghai, LAST_DAY } from './model/week.ts';

/** What git knows of a file. */
export interface FileHistory {
  /** The day of the last commit that changed what stood in it, YYYY-MM-DD in Shanghai; missing where none has. */
  updated?: string;
  /** Who wrote in it, as the commits name their authors (.mailmap respected); who began it first. */
  contributors: string[];
}

/** A commit begins so: seconds since 1970, author. No status of a file begins like it. */
const COMMIT = /^@(\d+) (.*)$/s;

/**
 * The history of all files below `folder`, in one run of `git log`. Renamed files keep theirs.
 *
 * @param revision - the commit that it ends with
 * @returns path below the folder → history; empty where there is no git, no repository or only a part of its history (a shallow
 * clone would name whoever came last as the author of everything)
 */
export function readHistory(folder: string, revision = 'HEAD'): Map<string, FileHistory> {
  // With a prefix, not from where the repository lies: a link may lead to the folder.
  const asked = ['rev-parse', '--is-shallow-repository', '--show-prefix'];
  const [isShallow, prefix = ''] = tryGit(folder, asked)?.split('\n') ?? [];
  if (isShallow !== 'false') return new Map();
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
  return new Map([...parseLog(log ?? '')].map(([file, history]) => [file.slice(prefix.length), history]));
}

/**
 * The history of entries, by their ids.
 *
 * @param folder - the content folder that their files lie in; it may be a copy of the one that git knows
 * @param known - as {@link readHistory} gives it
 */
export function historiesOf(
  entries: readonly { id: string; file: string }[],
  folder: string,
  known: ReadonlyMap<string, FileHistory>,
): Map<string, FileHistory> {
  return new Map(
    entries.flatMap(({ id, file }) => {
      const history = known.get(relative(folder, resolve(file)));
      return history ? [[id, history]] : [];
    }),
  );
}

/**
 * Reads what `git log --name-status -z` writes, newest first.
 * @returns path below the repository's top → history, under the names that files have now
 */
export function parseLog(log: string): Map<string, FileHistory> {
  const histories = new Map<string, FileHistory>();
  /** An older name → the name now. */
  const names = new Map<string, string>();
  let author = '';
  let day: string | undefined;
  const fields = log.split('\0').map((field) => field.replace(/^\n/, ''));
  for (let at = 0; at < fields.length; at++) {
    const [, seconds, name] = COMMIT.exec(fields[at]!) ?? [];
    if (name !== undefined) {
      author = name;
      day = dayOf(Number(seconds));
      continue;
    }
    const status = fields[at]!;
    if (status === '') continue;
    let file = fields[++at]!;
    if (/^[RC]/.test(status)) {
      const before = file;
      file = fields[++at]!;
      if (status.startsWith('R')) names.set(before, names.get(file) ?? file);
    }
    const now = names.get(file) ?? file;
    // A robot that sorts files has written nothing.
    if (author.endsWith('[bot]')) continue;
    // Who moves a file has written nothing in it.
    if (status === 'R100') continue;
    const history = histories.get(now) ?? { contributors: [] };
    histories.set(now, history);
    if (status !== 'A' && day !== undefined) history.updated ??= day;
    history.contributors = [author, ...history.contributors.filter((other) => other !== author)];
  }
  return histories;
}

/** Missing where a commit claims a time after the year 9999, as anyone can make one do. */
function dayOf(seconds: number): string | undefined {
  return seconds * 1000 < Date.parse(LAST_DAY) ? dayInShanghai(new Date(seconds * 1000)) : undefined;
}
