import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { CommandError } from './main.ts';

/**
 * Returns the paths of all files below `folder`, relative, with `/`, sorted. Empty if there is no such folder.
 *
 * @param follow - whether to walk into links to folders, except those that lead back, whose files would be listed
 *   without end; by default a link is listed as a file, as its target may be anything on this machine
 */
export function listFiles(folder: string, { follow = false } = {}): string[] {
  const files: string[] = [];
  /** @param around - the real paths of the folders from which links have led here */
  const walk = (below: string, around: string[]) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      if (entry.isDirectory()) walk(`${path}/`, around);
      else if (!follow || !entry.isSymbolicLink() || !isFolder(join(folder, path))) files.push(path);
      else {
        const target = realpathSync(join(folder, path));
        const here = [...around, realpathSync(join(folder, below))];
        if (!here.some((passed) => isWithin(passed, target))) walk(`${path}/`, here);
      }
    }
  };
  if (existsSync(folder)) walk('', []);
  return files.sort();
}

/** Whether `path` is a folder, or a link to one. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes files (path → bytes) below `folder`. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/**
 * Reads a file into a plain `Uint8Array`, as browsers have it: slicing a `Buffer` would share memory. The bytes are not
 * copied.
 */
export function readBytes(file: string): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Reads a file; null if there is none, or it has been removed meanwhile. */
export function readIfThere(file: string): Uint8Array<ArrayBuffer> | null {
  try {
    return readBytes(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/**
 * Makes a folder and its parents. Node's own recursive `mkdir` misreports a parent in which nothing can be made: it
 * says that the parent is missing, or never returns (`/proc`).
 *
 * @throws CommandError, or the error of the system
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CommandError(`${path}: can't create a folder there`, 1, { cause: error });
    // Another process was faster.
    if (code !== 'EEXIST') throw error;
  }
}

/**
 * Writes a file that only its owner may read. One that was there is replaced, not filled: it may be open to others, or a
 * link of theirs.
 */
export function writePrivately(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
}

/** Removes the folder at `path` below `root`, then its parents up to `root`, until one is not empty. */
export function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return; // Not empty, or gone already.
    }
  }
}

/** Whether `path` is `folder` itself or inside it; both are absolute. */
export function isWithin(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
