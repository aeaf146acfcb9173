import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type BigIntStats,
} from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { AT_TOP, type Finding } from '../model/finding.ts';

/** The regular files of a content folder. Nothing else in the folder is ever opened. */
export interface Folder {
  root: string;
  /** Paths within the folder, with `/`, sorted. */
  files: ReadonlySet<string>;
  /** Symbolic links and special files that were refused. */
  findings: Finding[];
  /** Returns a path within the folder as its writer knows it. */
  shown: (path: string) => string;
}

/** Files of programs: names that begin with a dot, folder data of Windows, lock files of Word. */
const OF_PROGRAMS = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$)/i;

/**
 * Lists a content folder. Symbolic links and special files are refused and never followed; files of programs are
 * ignored.
 * @throws Error when the folder itself can't be read
 */
export function listFolder(root: string): Folder {
  const files = new Set<string>();
  const findings: Finding[] = [];
  const shown = (path: string) => join(asTyped(root), path);
  const refuse = (path: string, rule: string, message: string, fix: string) => {
    findings.push({ ...AT_TOP, rule, file: shown(path), message, fix });
  };
  const walk = (folder: string) => {
    const items = readdirSync(join(root, folder), { withFileTypes: true });
    for (const item of items.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (OF_PROGRAMS.test(item.name)) continue;
      const path = folder === '' ? item.name : `${folder}/${item.name}`;
      if (item.isSymbolicLink()) refuse(path, 'symlink', '这是一个符号链接', '把文件本身复制到这里');
      else if (item.isDirectory()) walk(path);
      else if (item.isFile()) files.add(path);
      else refuse(path, 'special-file', '这不是普通文件', '删掉它');
    }
  };
  walk('');
  return { root, files, findings, shown };
}

/** A file is larger than allowed; it wasn't read. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** The size of a file and a stamp that changes whenever the file does, both known without reading it. */
export interface FileState {
  size: number;
  stamp: string;
}

/**
 * Reads a file of a folder after checking its size.
 * @throws TooLargeError when it is larger than the limit in bytes
 */
export function readLimited(folder: Pick<Folder, 'root'>, path: string, limit: number): Buffer {
  return withFile(folder, path, limit, (descriptor, { size }) => readAt(descriptor, size));
}

/** Reads the first 1024 bytes of a file and its state; otherwise like {@link readLimited}. */
export function peek(
  folder: Pick<Folder, 'root'>,
  path: string,
  limit: number,
): { head: Buffer } & FileState {
  return withFile(folder, path, limit, (descriptor, state) => ({
    head: readAt(descriptor, Math.min(state.size, 1024)),
    ...state,
  }));
}

function withFile<T>(
  folder: Pick<Folder, 'root'>,
  path: string,
  limit: number,
  use: (descriptor: number, state: FileState) => T,
): T {
  // The folder was listed earlier: don't follow a link that was put there since. (Windows has no such flag.)
  const noFollow = (constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;
  const descriptor = openSync(join(folder.root, path), constants.O_RDONLY | noFollow);
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    const { size } = stats;
    if (size > BigInt(limit)) throw new TooLargeError(`${path} has ${size} bytes, ${limit} are allowed`);
    return use(descriptor, { size: Number(size), stamp: stampFor(stats) });
  } finally {
    closeSync(descriptor);
  }
}

/** Returns a stamp that changes whenever the file does, without opening the file. */
export function stampOf(folder: Folder, path: string): string {
  return stampFor(lstatSync(join(folder.root, path), { bigint: true }));
}

function stampFor({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size}-${mtimeNs}-${ctimeNs}-${ino}`;
}

function readAt(descriptor: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = readSync(descriptor, bytes, read, length - read, read);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}

/** Returns a path as people would type it: relative to the working directory if it is below it. */
export function asTyped(path: string): string {
  if (!isAbsolute(path)) return path;
  const typed = relative(process.cwd(), path);
  return typed === '' || typed.startsWith('..') || isAbsolute(typed) ? path : typed;
}
