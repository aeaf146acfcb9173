import { hash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { git, tryGit } from '../../src/git.ts';
import { listFolder } from '../../src/markdown/folder.ts';
import { isFolder, listFiles, readIfThere } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { replaceFile } from '../lib/replace.ts';
import type { Settings } from '../lib/settings.ts';
import type { Publication } from './record.ts';

const kept = 10;

/** The content of earlier publications, kept on this machine: files by digest, and a list of them for each build. */
export interface Snapshots {
  /**
   * Stores the current content for `build`: only what a build reads of it, so no hidden files and no links.
   *
   * @returns a digest of it
   */
  keep: (build: number) => string;
  /**
   * Lays out the content of a publication in a folder of its own: from the snapshot, else from the git revision.
   *
   * @throws CommandError when neither has it
   */
  restore: (publication: Publication) => string;
  /** Whether two publications are known to have had the same content. */
  isSame: (one: Publication, other: Publication) => boolean;
  /** Whether this machine has published to the target before. */
  isKnown: () => boolean;
  /** Notes that browsers may see `build` from now on. */
  note: (build: number) => void;
  /** The number noted last; 0 when there is none. */
  noted: () => number;
}

/** @param target - the target's name: build numbers count for each target separately */
export function openSnapshots(
  { work, content, root }: Pick<Settings, 'work' | 'content' | 'root'>,
  target: string,
): Snapshots {
  const store = join(work, 'published');
  const lists = join(store, hash('sha256', target).slice(0, 16));
  const fileOf = (digest: string) => join(store, 'files', digest.slice(0, 2), digest);
  const listOf = (build: number) => join(lists, `${build}.json`);
  const number = join(lists, 'number');

  const listed = ({ build, of, content: digest }: Publication) => {
    const list = readIfThere(listOf(of ?? build));
    // A publish that was stopped here may have kept other content under a number that another machine then used.
    return list && (digest === undefined || digestOf(list) === digest) ? list : null;
  };
  return {
    isSame: (one, other) => {
      if (one.content !== undefined && other.content !== undefined) return one.content === other.content;
      const [list, otherList] = [listed(one), listed(other)];
      if (list && otherList) return Buffer.compare(list, otherList) === 0;
      return one.commit !== undefined && one.commit === other.commit;
    },
    isKnown: () => isFolder(lists),
    note: (build) => {
      mkdirSync(lists, { recursive: true });
      replaceFile(number, String(build));
    },
    // After a power cut, anything may be in it.
    noted: () => Number(Buffer.from(readIfThere(number) ?? []).toString()) || 0,
    keep: (build) => {
      const list: Record<string, string> = {};
      for (const path of listFolder(content).files) {
        const digest = hash('sha256', readFileSync(join(content, path)));
        list[path] = digest;
        if (!existsSync(fileOf(digest))) copyWhole(join(content, path), fileOf(digest));
      }
      const bytes = Buffer.from(JSON.stringify(list));
      mkdirSync(lists, { recursive: true });
      writeFileSync(`${listOf(build)}.next`, bytes);
      renameSync(`${listOf(build)}.next`, listOf(build));
      forgetOld(store, lists);
      return digestOf(bytes);
    },
    restore: (publication) => {
      const folder = join(work, 'rollback', 'content');
      rmSync(join(work, 'rollback'), { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const list = listed(publication);
      if (list) {
        for (const [path, digest] of Object.entries(parseList(list)))
          copyWhole(fileOf(digest), join(folder, path));
        return folder;
      }
      if (publication.commit !== undefined) return checkOut(publication.commit, { root, content, work });
      throw new CommandError(
        `publish: this machine has no copy of the content of build ${publication.build}, and that content was not committed to git. Roll back on the machine that published it, or restore the earlier content and publish it.`,
      );
    },
  };
}

/** Describes the modification times and sizes of all files in a content folder, to detect changes. */
export function stateOf(content: string): string {
  // The build reports a missing folder.
  if (!isFolder(content)) return '';
  const states = [...listFolder(content).files].map((path) => {
    const { size, mtimeMs } = lstatSync(join(content, path));
    return [path, size, mtimeMs];
  });
  return JSON.stringify(states);
}

/** Returns the git revision of `content`, or undefined when it is not in git or has uncommitted changes. */
export function revisionOf(content: string): string | undefined {
  const changes = tryGit(content, ['status', '--porcelain', '--ignored', '--', '.']);
  if (changes !== '' || !tryGit(content, ['ls-files', '--', '.'])) return undefined;
  return tryGit(content, ['rev-parse', 'HEAD']);
}

function checkOut(
  commit: string,
  { root, content, work }: Pick<Settings, 'root' | 'content' | 'work'>,
): string {
  const folder = join(work, 'rollback', 'repository');
  try {
    const asked = ['rev-parse', '--show-toplevel', '--show-prefix'];
    const [top = '', path = ''] = git(content, asked).split('\n');
    // A separate index, so that the operator's staged changes stay as they are.
    const env = { GIT_INDEX_FILE: join(work, 'rollback', 'index') };
    mkdirSync(folder);
    git(top, [`--work-tree=${folder}`, 'checkout', '--quiet', commit, '--', path || '.'], { env });
    return join(folder, path);
  } catch (cause) {
    throw new CommandError(
      `publish: this machine has no copy of that content, and git in ${root} has no revision ${commit}; fetch it (git fetch --unshallow) and try again`,
      1,
      { cause },
    );
  }
}

/** Removes all but the newest lists of this target, and files that no list of any target names. */
function forgetOld(store: string, lists: string): void {
  const builds = readdirSync(lists)
    .filter((name) => /^\d+\.json$/.test(name))
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
  for (const name of builds.slice(kept)) rmSync(join(lists, name));
  const used = new Set(
    listFiles(store)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => Object.values(parseList(readFileSync(join(store, file))))),
  );
  for (const file of listFiles(join(store, 'files'))) {
    if (!used.has(file.slice(3))) rmSync(join(store, 'files', file));
  }
}

function parseList(list: Uint8Array): Record<string, string> {
  return JSON.parse(Buffer.from(list).toString()) as Record<string, string>;
}

function digestOf(list: Uint8Array): string {
  return hash('sha256', list).slice(0, 16);
}

/** Copies a file atomically. Shares its blocks if the file system can. */
function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.next`, constants.COPYFILE_FICLONE);
  renameSync(`${to}.next`, to);
}
