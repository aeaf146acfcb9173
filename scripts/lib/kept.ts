import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/**
 * What one run works out and the next would work out the same, in one file: thousands take longer to open than to read.
 * What a run does not ask for is gone with it.
 */
export class Kept<T> {
  readonly #file: string;
  readonly #version: string;
  readonly #read: () => ReadonlyMap<string, T>;
  #known: ReadonlyMap<string, T> | undefined;
  readonly #used = new Map<string, T>();

  /**
   * @param version - of the code that makes the values: nothing is taken from another one
   * @param others - more files that something was kept in
   */
  constructor(file: string, version: string, others: readonly string[] = []) {
    this.#file = file;
    this.#version = version;
    this.#read = () => new Map([file, ...others].flatMap((path) => [...read<T>(path, version)]));
  }

  /** @param key - of all that the value depends on */
  get(key: string): T | undefined {
    const value = this.#used.get(key) ?? (this.#known ??= this.#read()).get(key);
    if (value !== undefined) this.#used.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    this.#used.set(key, value);
  }

  /** Writes what was asked for or set, whole or not at all; a run that did neither leaves what there is. */
  save(): void {
    if (this.#used.size === 0) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const staged = `${this.#file}.${process.pid}`;
    writeFileSync(staged, serialize([this.#version, this.#used]));
    renameSync(staged, this.#file);
  }
}

/** Nothing, where there is no file or none that can be read: it is a cache. */
function read<T>(file: string, version: string): ReadonlyMap<string, T> {
  try {
    const [of, values] = deserialize(readFileSync(file)) as [string, Map<string, T>];
    return of === version ? values : new Map();
  } catch {
    return new Map();
  }
}
