import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isCopyable } from './copied.ts';
import { isWithin, listFiles } from './folder.ts';
import { withLock } from './lock.ts';
import { CommandError } from './main.ts';

// The output folder (KB_OUT, `dist`) is replaced as a whole: the next site is staged beside it and swapped in.

/** The folder beside `out` where the next build is staged: on the same file system, so that a rename swaps it in. */
export const stagingOf = (out: string) => `${out}.jinghua-next`;
/** The lock beside `out`, held by the build that writes there. */
export const lockOf = (out: string) => `${out}.jinghua-lock`;
const previousOf = (out: string) => `${out}.jinghua-previous`;

/**
 * Restores the last good `out` if a build was killed between the two renames of {@link swapIn}, and removes what it
 * left. Every command that reads or writes `out` calls this first. If a build is running there, it is left to do both.
 *
 * @param patience - how long to wait for a running build to end, in milliseconds
 */
export async function recover(out: string, patience = 2_000): Promise<void> {
  if (!existsSync(previousOf(out))) return;
  const job = () => {
    putBack(out);
    return Promise.resolve();
  };
  await withLock(lockOf(out), job, { patience }).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
  });
}

/** As {@link recover}, for a caller that holds the lock. */
export function putBack(out: string): void {
  if (!existsSync(out) && existsSync(previousOf(out))) renameSync(previousOf(out), out);
  rmSync(previousOf(out), { recursive: true, force: true });
}

/**
 * Refuses an output folder whose replacement would delete something that no build of ours wrote.
 *
 * @param inputs - files and folders that the build reads
 * @param copied - the folder whose files a build copies unchanged
 * @throws CommandError when `out` is a file or a link, overlaps one of `inputs`, has something in it but no `root` of
 *   ours, or has something in it that no build writes (`.env`, `.kb-secret`, a checkout, `members.yaml`, `notes.docx`)
 */
export function assertReplaceable(out: string, inputs: string[], copied: string): void {
  for (const input of inputs) {
    for (const folder of [out, stagingOf(out), previousOf(out)]) {
      if (isWithin(folder, input) || isWithin(input, folder)) {
        throw new CommandError(`${out} and ${input} overlap; a build replaces everything in KB_OUT`, 2);
      }
    }
  }
  const state = lstatSync(out, { throwIfNoEntry: false });
  if (!state) return;
  if (!state.isDirectory()) throw new CommandError(`${out} is not a folder; choose another KB_OUT`);
  if (existsSync(join(out, '.git'))) {
    throw new CommandError(`${out} is a git checkout, which a build would delete; choose another KB_OUT`);
  }
  if (readdirSync(out).some((name) => name !== SYSTEM_FILE) && !isSite(out)) {
    throw new CommandError(
      `${out} has files that no build wrote (it has no root file); empty it or choose another KB_OUT`,
    );
  }
  const foreign = listFiles(out).find((file) => isForeign(file, copied));
  if (foreign !== undefined) {
    throw new CommandError(
      `${join(out, foreign)} was not written by a build, and a build would delete it; move it elsewhere or choose another KB_OUT`,
    );
  }
}

/** macOS puts this file into every folder that is opened. */
const SYSTEM_FILE = '.DS_Store';

const made = /^(?:(?:a|media|o|pagefind\/public)\/.*|root|sw\.js|feed\.xml|sitemap\.xml|.*\.html)$/;

/** Whether a path of a site is one that builds generate, and not one of a copied file. */
export function isMade(file: string): boolean {
  return made.test(file);
}

/**
 * Whether a file of a built site can't come from a build: it is not copied, and either hidden or of a type that no
 * build makes or copies.
 */
function isForeign(file: string, copied: string): boolean {
  if (existsSync(join(copied, file)) || basename(file) === SYSTEM_FILE) return false;
  // A file that is no longer in `copied` may have been copied by an earlier build.
  return /(?:^|\/)\./.test(file) || !(isMade(file) || isCopyable(file));
}

/** Whether `folder` holds a site that a build of ours wrote. */
export function isSite(folder: string): boolean {
  const root = join(folder, 'root');
  if (!existsSync(root) || !statSync(root).isFile()) return false;
  return readFileSync(root, 'utf8').startsWith('{"format":');
}

/**
 * Puts the staged folder in the place of `out`, by two renames: at every moment a whole site is there or can be
 * restored.
 *
 * @param replaced - where the old site is moved, so that the next build can reuse its files
 */
export async function swapIn(out: string, replaced: string): Promise<void> {
  putBack(out);
  if (existsSync(out)) renameSync(out, previousOf(out));
  renameSync(stagingOf(out), out);
  // The asynchronous `rm` removes many files in parallel, which takes half as long.
  await rm(replaced, { recursive: true, force: true });
  if (!existsSync(previousOf(out))) return;
  try {
    renameSync(previousOf(out), replaced);
  } catch {
    // `replaced` is on another disk, where the next build could not use it.
    await rm(previousOf(out), { recursive: true, force: true });
  }
}
