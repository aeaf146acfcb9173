import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { readEntry, type ReadEntry } from '../../src/search/bundle/read-entry.ts';
import { CacheFile } from './cache-file.ts';

/** A rendered page: its address (`/talks/x/`) without the base, and the digest of its file. */
export interface PageFile {
  address: string;
  digest: string;
  /** Called only if nothing is cached for this page. */
  html: () => string;
}

/** Extracts what search can find in a page, and caches it: parsing pages is most of the work of building an index. */
export interface EntryReader {
  read: (page: PageFile) => ReadEntry | undefined;
  save: () => void;
}

/** @param others - cache files that other readers have saved */
export function entryReader(file: string, others?: readonly string[]): EntryReader {
  const cache = new CacheFile<{ entry: ReadEntry | undefined }>(file, versionOf('src/search'), others);
  return {
    read: ({ address, digest, html }) => {
      const key = digestOf(address, digest);
      const value = cache.get(key) ?? { entry: readEntry({ address, html: html() }) };
      cache.set(key, value);
      return value.entry;
    },
    save: () => cache.save(),
  };
}
