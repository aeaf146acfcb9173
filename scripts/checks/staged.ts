import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { listFiles } from '../lib/folder.ts';

/** A staged site as it lies on the disk. A file that nobody needs a second time is read once. */
export class Staged {
  /** The paths of all files. */
  readonly files: readonly string[];
  readonly #folder: string;
  readonly #digests = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.files = listFiles(folder);
  }

  /** @throws Error where there is no such file */
  read(path: string): Buffer {
    const bytes = readFileSync(join(this.#folder, path));
    this.#digests.set(path, digestOf(bytes));
    return bytes;
  }

  /** @throws Error where there is no such file */
  digestOf(path: string): string {
    if (!this.#digests.has(path)) this.read(path);
    return this.#digests.get(path)!;
  }
}
