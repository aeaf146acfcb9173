import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/**
 * A cache in one file, for values that every run would compute alike: opening thousands of small files takes longer
 * than reading one. Entries that a run doesn't use are dropped when it saves.
 */
export class CacheFile<T> {
  readonly #file: string;
  readonly #version: string;
  readonly #read: () => ReadonlyMap<string, T>;
  #known: ReadonlyMap<string, T> | undefined;
  readonly #used = new Map<string, T>();

  /**
   * @param version - the version of the code that computes the values; those of another version are ignored
   * @param others - further cache files to read from
   */
  constructor(file: string, version: string, others: readonly string[] = []) {
    this.#file = file;
    this.#version = version;
    this.#read = () => new Map([file, ...others].flatMap((path) => [...read<T>(path, version)]));
  }

  /** @param key - a digest of everything that the value depends on */
  get(key: string): T | undefined {
    const value = this.#used.get(key) ?? (this.#known ??= this.#read()).get(key);
    if (value !== undefined) this.#used.set(key, value);
    return value;
  }

  /** @param key - as for {@link get} */
  set(key: string, value: T): void {
    this.#used.set(key, value);
  }

  /** Writes the values that were read or set, atomically. A run that did neither leaves the file as it is. */
  save(): void {
    if (this.#used.size === 0) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const staged = `${this.#file}.${process.pid}`;
    writeFileSync(staged, serialize([this.#version, this.#used]));
    renameSync(staged, this.#file);
  }
}

/** Returns nothing if the file is missing or unreadable: it is only a cache. */
function read<T>(file: string, version: string): ReadonlyMap<string, T> {
  try {
    const [of, values] = deserialize(readFileSync(file)) as [string, Map<string, T>];
    return of === version ? values : new Map();
  } catch {
    return new Map();
  }
}
