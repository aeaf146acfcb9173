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
import type { Settings } from '../lib/settings.ts';
import type { Publication } from './record.ts';

const kept = 10;

/** The content of earlier publications, on this machine: files by digest, and a list of them for each build. */
export interface Snapshots {
  /** Keeps the content as it is now for `build`: what one reads of it, so nothing hidden, and no links. */
  keep: (build: number) => void;
  /**
   * Lays the content of a publication out in a folder of its own, from here, else from the git revision it was
   * committed as.
   *
   * @throws CommandError when neither has it
   */
  restore: (publication: Publication) => string;
  /** Whether two publications are known to have had the same content. */
  isSame: (one: Publication, other: Publication) => boolean;
}

/** @param target - the target's name: each counts its builds by itself */
export function openSnapshots(
  { work, content, root }: Pick<Settings, 'work' | 'content' | 'root'>,
  target: string,
): Snapshots {
  const store = join(work, 'published');
  const lists = join(store, hash('sha256', target).slice(0, 16));
  const fileOf = (digest: string) => join(store, 'files', digest.slice(0, 2), digest);
  const listOf = (build: number) => join(lists, `${build}.json`);

  const listed = ({ build, of }: Publication) => readIfThere(listOf(of ?? build));
  return {
    isSame: (one, other) => {
      const [list, otherList] = [listed(one), listed(other)];
      if (list && otherList) return Buffer.compare(list, otherList) === 0;
      return one.commit !== undefined && one.commit === other.commit;
    },
    keep: (build) => {
      const list: Record<string, string> = {};
      for (const path of listFolder(content).files) {
        const digest = hash('sha256', readFileSync(join(content, path)));
        list[path] = digest;
        if (!existsSync(fileOf(digest))) copyWhole(join(content, path), fileOf(digest));
      }
      mkdirSync(lists, { recursive: true });
      writeFileSync(`${listOf(build)}.next`, JSON.stringify(list));
      renameSync(`${listOf(build)}.next`, listOf(build));
      forgetOld(store, lists);
    },
    restore: (publication) => {
      const folder = join(work, 'rollback', 'content');
      rmSync(join(work, 'rollback'), { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const list = listOf(publication.of ?? publication.build);
      if (existsSync(list)) {
        for (const [path, digest] of Object.entries(readList(list)))
          copyWhole(fileOf(digest), join(folder, path));
        return folder;
      }
      if (publication.commit !== undefined) return checkOut(publication.commit, { root, content, work });
      throw new CommandError(
        `publish: this machine has no copy of the content of build ${publication.build}, and it was not committed to git then. Roll back where it was published, or put the earlier content in place and publish it.`,
      );
    },
  };
}

/** What tells whether anybody has changed a content folder since: when each of its files was last written, and its size. */
export function stateOf(content: string): string {
  // That there is none, the build says.
  if (!isFolder(content)) return '';
  const states = [...listFolder(content).files].map((path) => {
    const { size, mtimeMs } = lstatSync(join(content, path));
    return [path, size, mtimeMs];
  });
  return JSON.stringify(states);
}

/** The revision that `content` is at, or undefined when it is in no git or has changes that are not committed. */
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
    // An index of its own: what the operator has staged stays as it is.
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

/** Drops all but the newest lists of this target, and files that no list of any target names. */
function forgetOld(store: string, lists: string): void {
  const builds = readdirSync(lists)
    .filter((name) => /^\d+\.json$/.test(name))
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
  for (const name of builds.slice(kept)) rmSync(join(lists, name));
  const used = new Set(
    listFiles(store)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => Object.values(readList(join(store, file)))),
  );
  for (const file of listFiles(join(store, 'files'))) {
    if (!used.has(file.slice(3))) rmSync(join(store, 'files', file));
  }
}

function readList(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** Shares the blocks where the file system can, and is there whole or not at all. */
function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.next`, constants.COPYFILE_FICLONE);
  renameSync(`${to}.next`, to);
}
