import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { CommandError } from './main.ts';

/** How long a work folder is kept after its last use, in milliseconds: eight weeks. */
const KEPT = 8 * 7 * 24 * 60 * 60 * 1000;

/** Records that a work folder is in use, for a command that may not change anything in it. */
export function markUsed(work: string): void {
  mkdirSync(work, { recursive: true });
  const now = new Date();
  utimesSync(work, now, now);
}

/**
 * Deletes the work folders that nobody has used for eight weeks. A build with its own content or output has one as large
 * as the site, and nobody would know which can go. One that a build is at work in stays. A failure is only reported, as
 * the build that cleans up needs none of them.
 *
 * @param others - the folder of these work folders, see `work` in settings.ts
 */
export async function dropUnused(others: string): Promise<void> {
  if (!isOwnFolder(others)) return;
  for (const folder of readdirSync(others).map((name) => join(others, name))) {
    if (!isOwnFolder(folder)) continue;
    try {
      if (Date.now() - lastUse(folder) < KEPT) continue;
      await withLock(join(folder, 'lock'), () => {
        // A build that begins meanwhile gets a new folder.
        const unused = `${folder}.unused`;
        renameSync(folder, unused);
        rmSync(unused, { recursive: true, force: true });
        return Promise.resolve();
      });
    } catch (error) {
      if (error instanceof CommandError) continue;
      console.warn(
        `build: the unused work folder ${folder} could not be deleted: ${(error as Error).message}`,
      );
    }
  }
}

/** Whether a path is a folder. A link to one is not: what is there may be anybody's. */
function isOwnFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** When something directly in a folder, or in a folder in it, was last added or removed, in milliseconds since 1970. */
function lastUse(folder: string): number {
  const paths = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
  return Math.max(...paths.map((path) => lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
