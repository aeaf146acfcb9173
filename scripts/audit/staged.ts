import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';

/** The files of a staged site on disk. Caches their digests, so that most files are read only once. */
export class Staged {
  /** The paths of all files. */
  readonly files: readonly string[];
  readonly #folder: string;
  readonly #digests = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.files = listFiles(folder);
  }

  /**
   * @throws CommandError when the file has changed since it was read first, as only one of its states was compared
   * @throws Error when there is no such file
   */
  read(path: string): Buffer {
    const bytes = readFileSync(join(this.#folder, path));
    const digest = digestOf(bytes);
    if ((this.#digests.get(path) ?? digest) !== digest) {
      throw new CommandError(`${path}: changed while the audit examined it; build again`);
    }
    this.#digests.set(path, digest);
    return bytes;
  }

  /** @throws Error when there is no such file */
  digestOf(path: string): string {
    if (!this.#digests.has(path)) this.read(path);
    return this.#digests.get(path)!;
  }
}
