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
 * A folder in which a site is laid out before it is published. What an earlier site has left there stays where the new
 * one has the very same file, and goes where it has not: making and deleting thousands of files takes longer than
 * sealing them.
 */
export class Staging {
  readonly #folder: string;
  readonly #standing: string | undefined;
  readonly #before: Set<string>;
  readonly #laid = new Set<string>();
  /** Each folder is made once, which takes as long as to write a file. */
  readonly #made = new Set<string>();

  /**
   * @param standing - the folder of the site that stands: a file that is the same becomes a link to its own
   * @param isExpected - whether a path may be one of the new site: at any other nothing may be in the way
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

  /** As `write`, of a file that the site that stands has with these bytes. */
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
      // A file system without links.
      writeFileSync(place, bytes);
    }
  }

  /** Takes away what was there before and is not of the new site. */
  finish(): void {
    this.#remove([...this.#before].filter((path) => !this.#laid.has(path)));
  }

  /** Makes room at a path. A file there may be a link to one of a site that stands, so nothing is written into it. */
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

/** Brings the site that was replaced last to `staging`, where the next one may go on from it. */
export function takeReplaced(replaced: string, staging: string): void {
  rmSync(staging, { recursive: true, force: true });
  if (!existsSync(replaced)) return;
  mkdirSync(dirname(staging), { recursive: true });
  try {
    renameSync(replaced, staging);
  } catch {
    // On another disk, where it is of no use.
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
