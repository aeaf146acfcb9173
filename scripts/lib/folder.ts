import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { isCopyable } from './copied.ts';
import { CommandError } from './main.ts';

/**
 * Paths of all files below `folder`, relative, with `/`, sorted. Empty when there is no such folder.
 *
 * @param follow - whether a link to a folder stands for what is in there; else a link is one of the files, whatever it
 * points at, which may be all of this machine
 */
export function listFiles(folder: string, { follow = false } = {}): string[] {
  const files: string[] = [];
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      const isFolder =
        follow && entry.isSymbolicLink() ? isFolderAt(join(folder, path)) : entry.isDirectory();
      if (isFolder) walk(`${path}/`);
      else files.push(path);
    }
  };
  if (existsSync(folder)) walk('');
  return files.sort();
}

function isFolderAt(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes files (path → bytes) below `folder`. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The bytes of a file, or null where there is none, or none any more. */
export function readIfThere(file: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Removes the folder at `path` below `root` and those above it there, as far as nothing is in them. */
export function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return; // Not empty, or gone already.
    }
  }
}

/** The folder beside `out` where the next build is staged: the same file system, so that a rename switches. */
export const stagingOf = (out: string) => `${out}.jinghua-next`;
/** The file beside `out` that the build which writes it holds. */
export const lockOf = (out: string) => `${out}.jinghua-lock`;
const previousOf = (out: string) => `${out}.jinghua-previous`;

/**
 * Puts back the last good `out` if a kill fell between the two renames of {@link switchTo}, and clears what an
 * interrupted build left. Every command that reads or writes `out` calls this first.
 */
export function restore(out: string): void {
  if (!existsSync(out) && existsSync(previousOf(out))) renameSync(previousOf(out), out);
  rmSync(previousOf(out), { recursive: true, force: true });
}

/**
 * Refuses to replace a folder that we did not write, or that something else lies in.
 *
 * @param inputs - files and folders that the build reads
 * @param copied - the folder whose files a build copies as they are
 * @throws CommandError when `out` is a file, a link, a folder with something in it but no `root` of ours, or one with
 * something in it that no build writes (`.env`, `.kb-secret`, a checkout, `members.yaml`, `notes.docx`)
 */
export function assertOurs(out: string, inputs: string[], copied: string): void {
  for (const input of inputs) {
    for (const folder of [out, stagingOf(out), previousOf(out)]) {
      if (isWithin(folder, input) || isWithin(input, folder)) {
        throw new CommandError(
          `${out} and ${input} lie in each other; a build replaces the whole of KB_OUT`,
          2,
        );
      }
    }
  }
  const state = lstatSync(out, { throwIfNoEntry: false });
  if (!state) return;
  if (!state.isDirectory()) throw new CommandError(`${out} is not a folder; choose another KB_OUT`);
  if (existsSync(join(out, '.git'))) {
    throw new CommandError(`${out} is a git checkout, which a build would delete; choose another KB_OUT`);
  }
  if (readdirSync(out).length > 0 && !isSite(out)) {
    throw new CommandError(
      `${out} has files in it that no build of ours wrote (there is no root); empty it or choose another KB_OUT`,
    );
  }
  const foreign = listFiles(out).find((file) => isForeign(file, copied));
  if (foreign !== undefined) {
    throw new CommandError(
      `${join(out, foreign)} is none that a build writes, and one would delete it; take it out of there or choose another KB_OUT`,
    );
  }
}

/** What a build makes, apart from copies. */
const made = /^(?:(?:a|media|o|pagefind\/public)\/.*|root|sw\.js|feed\.xml|sitemap\.xml|.*\.html)$/;

/** Whether a file of a built site can't be of a build: it is hidden or of a kind that none makes or copies, and not copied. */
function isForeign(file: string, copied: string): boolean {
  if (existsSync(join(copied, file))) return false;
  // What is no more in the folder may have been copied by the build before.
  return /(?:^|\/)\./.test(file) || !(made.test(file) || isCopyable(file));
}

/** Whether `path` is `folder` or lies somewhere in it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(`${folder}${sep}`);
}

/** Whether `folder` holds a site that a build of ours wrote. */
export function isSite(folder: string): boolean {
  const root = join(folder, 'root');
  if (!existsSync(root) || !statSync(root).isFile()) return false;
  return readFileSync(root, 'utf8').startsWith('{"format":');
}

/**
 * Makes the staged folder the published one, by two renames: at every moment one whole site is there or restorable.
 *
 * @param replaced - where the site that stood goes, for the next one to go on from
 */
export async function switchTo(out: string, replaced: string): Promise<void> {
  restore(out);
  if (existsSync(out)) renameSync(out, previousOf(out));
  renameSync(stagingOf(out), out);
  // Many at a time, which takes half as long.
  await rm(replaced, { recursive: true, force: true });
  if (!existsSync(previousOf(out))) return;
  try {
    renameSync(previousOf(out), replaced);
  } catch {
    // On another disk, where it is of no use.
    await rm(previousOf(out), { recursive: true, force: true });
  }
}
