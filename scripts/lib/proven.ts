import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { windowHashes } from '../checks/windows.ts';
import { Kept } from './kept.ts';
import type { SealedSource } from './site.ts';

/** A sealed file by the name it is published under, and its bytes by their digest. */
export interface ProvenFile {
  name: string;
  digest: string;
}

/**
 * Which sealed files an audit has opened, and found to hold what they should: the same content under the same key is
 * sealed to the same bytes, so that these need not be made nor opened again. Whoever relies on it compares the digests of
 * the files that lie there.
 */
export class Proven {
  readonly #contents: Kept<ProvenFile[]>;
  readonly #silent: Kept<true>;
  readonly #windows: Kept<Int32Array>;

  constructor(work: string) {
    const code = versionOf(
      ...['src/vault', 'scripts/checks', 'scripts/lib', 'scripts/steps/seal.ts', 'scripts/steps/audit.ts'],
    );
    // Another zlib may pack the same content to other bytes.
    const version = `${code} ${process.versions.zlib}`;
    this.#contents = new Kept(join(work, 'cache', 'proven-contents'), version);
    this.#silent = new Kept(join(work, 'cache', 'silent-files'), version);
    this.#windows = new Kept(join(work, 'cache', 'windows'), version);
  }

  /** The files of a content, the one first that a table names; undefined where no audit has opened them. */
  filesOf(content: string): readonly ProvenFile[] | undefined {
    return this.#contents.get(content);
  }

  /** @param content - as {@link contentKey} gives it */
  add(content: string, files: ProvenFile[]): void {
    this.#contents.set(content, files);
  }

  /** Whether an audit has looked for words in a file of these bytes, and found none. */
  isSilent(digest: string): boolean {
    return this.#silent.get(digest) ?? false;
  }

  addSilent(digest: string): void {
    this.#silent.set(digest, true);
  }

  /** As `windowHashes`, which takes most of the time of a search for passages. */
  hashesOf(text: string): Int32Array {
    const digest = digestOf(text);
    const hashes = this.#windows.get(digest) ?? windowHashes(text);
    this.#windows.set(digest, hashes);
    return hashes;
  }

  save(): void {
    for (const kept of [this.#contents, this.#silent, this.#windows]) kept.save();
  }
}

/** Names a content under a tier's key: equal names mean equal sealed files. */
export function contentKey(
  keyId: string,
  path: string,
  { kind, type }: SealedSource,
  bytes: Uint8Array,
): string {
  return digestOf(keyId, path, kind, type, bytes);
}
