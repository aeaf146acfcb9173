import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { CacheFile } from '../lib/cache-file.ts';
import type { SealedSource } from '../lib/site.ts';
import { windowHashes } from './windows.ts';

/** A sealed file: the name under which it is published, and the digest of its bytes. */
export interface ProvenFile {
  name: string;
  digest: string;
}

/**
 * Remembers which sealed files an audit has opened and found correct. The same content under the same key is always
 * sealed to the same bytes, so these files need not be sealed or opened again. A caller has to compare the digests with
 * the files that are actually there.
 */
export class Proven {
  readonly #contents: CacheFile<ProvenFile[]>;
  readonly #silent: CacheFile<true>;
  readonly #windows: CacheFile<Int32Array>;

  constructor(work: string) {
    const code = versionOf(
      ...['src/vault', 'scripts/audit', 'scripts/lib', 'scripts/steps/seal.ts', 'scripts/steps/audit.ts'],
    );
    // Another version of zlib may compress the same content to other bytes.
    const version = `${code} ${process.versions.zlib}`;
    this.#contents = new CacheFile(join(work, 'cache', 'proven-contents'), version);
    this.#silent = new CacheFile(join(work, 'cache', 'silent-files'), version);
    this.#windows = new CacheFile(join(work, 'cache', 'windows'), version);
  }

  /** The files of a content, first the one that the table of contents names; undefined if no audit has opened them. */
  filesOf(content: string): readonly ProvenFile[] | undefined {
    return this.#contents.get(content);
  }

  /** @param content - a key from {@link contentKey} */
  add(content: string, files: ProvenFile[]): void {
    this.#contents.set(content, files);
  }

  /** Whether an audit has searched a file with these bytes for words, and found none. */
  isSilent(digest: string): boolean {
    return this.#silent.get(digest) ?? false;
  }

  addSilent(digest: string): void {
    this.#silent.set(digest, true);
  }

  /** As `windowHashes`, cached: hashing takes most of the time of a search for passages. */
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

/** Returns a key for a content under a tier's key: equal keys mean equal sealed files. */
export function contentKey(
  keyId: string,
  path: string,
  { kind, type }: SealedSource,
  bytes: Uint8Array,
): string {
  return digestOf(keyId, path, kind, type, bytes);
}
