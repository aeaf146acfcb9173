import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles, removeEmptyFolders } from './folder.ts';

/**
 * A folder in which a site is laid out before it is published. It may start with the files of an earlier site: those
 * that the new site has too are reused, the others are removed. Making and deleting thousands of files takes longer
 * than sealing them.
 */
export class Staging {
  readonly #folder: string;
  readonly #standing: string | undefined;
  readonly #before: Set<string>;
  readonly #laid = new Set<string>();
  /** Folders known to exist: `mkdir` takes as long as writing a file, so each is made only once. */
  readonly #made = new Set<string>();

  /**
   * @param standing - the folder of the published site: a file that is the same there becomes a hard link to it
   * @param isExpected - whether the new site may have a file at this path; files at other paths are removed first, as
   *   they might be in the way
   */
  constructor(folder: string, standing: string | undefined, isExpected: (path: string) => boolean) {
    this.#folder = folder;
    this.#standing = standing;
    const [stay, go] = [new Set<string>(), [] as string[]];
    for (const path of listFiles(folder)) {
      if (isExpected(path)) stay.add(path);
      else go.push(path);
    }
    this.#before = stay;
    this.#remove(go);
  }

  write(path: string, bytes: Uint8Array): void {
    if (this.#standing !== undefined && holds(join(this.#standing, path), bytes)) this.keep(path, bytes);
    else writeFileSync(this.#clear(path), bytes);
  }

  /** As `write`, for a file that the published site is known to have with these bytes. */
  keep(path: string, bytes: Uint8Array): void {
    const standing = join(this.#standing!, path);
    if (this.#before.has(path) && isSameFile(standing, join(this.#folder, path))) {
      this.#laid.add(path);
      return;
    }
    const place = this.#clear(path);
    try {
      linkSync(standing, place);
    } catch {
      // The file system has no hard links.
      writeFileSync(place, bytes);
    }
  }

  /** Removes the earlier site's files that the new site doesn't have. */
  finish(): void {
    this.#remove([...this.#before].filter((path) => !this.#laid.has(path)));
  }

  /**
   * Makes room at a path. A file there may be a hard link to one of the published site, so it is removed, not
   * overwritten.
   */
  #clear(path: string): string {
    this.#laid.add(path);
    const place = join(this.#folder, path);
    if (this.#before.has(path)) rmSync(place, { force: true });
    const parent = dirname(place);
    if (!this.#made.has(parent)) mkdirSync(parent, { recursive: true });
    this.#made.add(parent);
    return place;
  }

  #remove(paths: readonly string[]): void {
    for (const path of paths) {
      rmSync(join(this.#folder, path), { force: true });
      removeEmptyFolders(this.#folder, dirname(path));
    }
  }
}

/** Moves the site that was replaced last to `staging`, where the next one can reuse its files. */
export function takeReplaced(replaced: string, staging: string): void {
  rmSync(staging, { recursive: true, force: true });
  if (!existsSync(replaced)) return;
  mkdirSync(dirname(staging), { recursive: true });
  try {
    renameSync(replaced, staging);
  } catch {
    // It is on another disk, where it can't be used.
    rmSync(replaced, { recursive: true, force: true });
  }
}

function holds(file: string, bytes: Uint8Array): boolean {
  const state = stateOf(file);
  return state?.isFile() === true && state.size === bytes.length && readFileSync(file).equals(bytes);
}

function isSameFile(a: string, b: string): boolean {
  const [one, other] = [stateOf(a), stateOf(b)];
  return one?.isFile() === true && one.ino === other?.ino && one.dev === other.dev;
}

function stateOf(file: string): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false });
}
