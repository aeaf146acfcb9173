import { hash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isWithin, listFiles, makeFolder, readIfThere, removeEmptyFolders } from '../lib/folder.ts';
import { CommandError, refusalOf } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { incoming, linkInstead, publishersOwn, type Stored, type Target } from './target.ts';

/** More bytes than any file that a build makes. The operator may keep larger ones beside the site. */
const largestMade = 2 ** 30;

/**
 * Opens a folder of this machine that a web server serves.
 *
 * @throws CommandError when it is a file or a link, or overlaps with the project, the build or the content
 */
export function openFolder(
  path: string,
  { root, out, content }: Pick<Settings, 'root' | 'out' | 'content'>,
): Target {
  const folder = resolve(root, path);
  const state = lstatSync(folder, { throwIfNoEntry: false });
  if (state?.isSymbolicLink()) {
    throw new CommandError(`publish: ${folder} is a link; use the folder itself: ${readlinkSync(folder)}`, 2);
  }
  if (state && !state.isDirectory()) throw new CommandError(`publish: ${folder} is not a folder`, 2);
  const overlaps = [root, out, content].find(
    (own) => isWithin(own, folder) || (own !== root && isWithin(folder, own)),
  );
  if (overlaps)
    throw new CommandError(`publish: ${folder} overlaps with ${overlaps}; use a folder of its own`, 2);

  return {
    name: folder,
    list: (prefix) => explain(() => listFolder(folder, prefix)),
    times: (prefix) => explain(() => timesIn(folder, prefix)),
    read: (file) => explain(() => readIfThere(join(folder, file))),
    write: (from, paths, arrived) =>
      explain(() => {
        assertNoLinks(folder);
        makeFolder(join(folder, incoming));
        for (const path of paths) {
          // Copied elsewhere and renamed, so that the server answers with the whole old file or the whole new one.
          const whole = join(folder, incoming, String(process.pid));
          // Never written into what somebody else may have put there.
          rmSync(whole, { force: true });
          copyFileSync(join(from, path), whole, constants.COPYFILE_EXCL);
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          renameSync(whole, join(folder, path));
          arrived?.();
        }
        removeEmptyFolders(folder, incoming);
      }),
    remove: (paths) =>
      explain(() => {
        for (const path of paths) {
          rmSync(join(folder, path), { force: true });
          // For an empty folder a server answers "forbidden" instead of "not found".
          removeEmptyFolders(folder, dirname(path));
        }
      }),
  };
}

/** Reports a full disk or a missing permission in one line: the operator has to fix it, it is not a bug. */
async function explain<T>(run: () => T): Promise<T> {
  try {
    return await Promise.resolve(run());
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new CommandError(`publish: ${refusalOf(cause) ?? cause.message}`, 1, { cause });
  }
}

/** @throws CommandError when a publish would remove files elsewhere */
function assertNoLinks(folder: string): void {
  for (const path of publishersOwn) {
    if (lstatSync(join(folder, path), { throwIfNoEntry: false })?.isSymbolicLink())
      throw new CommandError(`publish: ${join(folder, path)} ${linkInstead}`);
  }
}

function listFolder(folder: string, prefix: string): Map<string, Stored> {
  assertNoLinks(folder);
  // Follow links: the operator may have moved a part of the folder to another disk.
  const files = listFiles(join(folder, prefix).replace(/[\\/]$/, ''), { follow: true });
  return new Map(
    files.flatMap((file) => {
      const path = prefix + file;
      const stored = storedAt(join(folder, path), path);
      return stored ? [[path, stored]] : [];
    }),
  );
}

function timesIn(folder: string, prefix: string): Map<string, number> {
  return new Map(
    [...listFolder(folder, prefix).keys()].flatMap((path) => {
      const state = statSync(join(folder, path), { throwIfNoEntry: false });
      return state ? [[path, state.mtimeMs]] : [];
    }),
  );
}

/**
 * Describes a local file, to be compared with the target's; null if there is none any more: another publisher may
 * remove its claim at any time.
 */
export function storedAt(file: string, path: string): Stored | null {
  const state = statSync(file, { throwIfNoEntry: false });
  if (!state) return null;
  if (path.startsWith('o/') || state.size > largestMade) return { size: state.size };
  const bytes = readIfThere(file);
  return bytes && { size: bytes.length, md5: hash('md5', bytes) };
}
