import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
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
      const isThrough = follow && entry.isSymbolicLink();
      if (isThrough ? isFolder(join(folder, path)) : entry.isDirectory()) walk(`${path}/`);
      else files.push(path);
    }
  };
  if (existsSync(folder)) walk('');
  return files.sort();
}

/** Whether a folder stands at `path`, or a link that leads to one. */
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

/** The bytes of a file, as browsers have bytes: a `Buffer` shares what it slices. They are not copied for it. */
export function readBytes(file: string): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The bytes of a file, or null where there is none, or none any more. */
export function readIfThere(file: string): Uint8Array<ArrayBuffer> | null {
  try {
    return readBytes(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/**
 * Makes a folder and those above it. Where one is there but nothing can be made in it, Node's own way says that it is
 * missing, or asks for ever (`/proc`).
 *
 * @throws CommandError, or what the machine refuses
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CommandError(`${path}: no folder can be made there`, 1, { cause: error });
    // Another process was faster.
    if (code !== 'EEXIST') throw error;
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

/** Whether `path` is `folder` or lies somewhere in it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
