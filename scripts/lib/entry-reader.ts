import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { readEntry, type ReadEntry } from '../../src/search/read-entry.ts';
import { Kept } from './kept.ts';

/** A page that was rendered: its address (`/talks/x/`) without the base, and the digest of its file. */
export interface PageFile {
  address: string;
  digest: string;
  /** Asked for only where nothing was kept of a page like this. */
  html: () => string;
}

/** Reads what a search can find in pages, and keeps it: taking pages apart is most of the work of an index. */
export interface EntryReader {
  read: (page: PageFile) => ReadEntry | undefined;
  save: () => void;
}

/** @param others - files that other readers have saved */
export function entryReader(file: string, others?: readonly string[]): EntryReader {
  const kept = new Kept<{ entry: ReadEntry | undefined }>(file, versionOf('src/search'), others);
  return {
    read: ({ address, digest, html }) => {
      const key = digestOf(address, digest);
      const value = kept.get(key) ?? { entry: readEntry({ address, html: html() }) };
      kept.set(key, value);
      return value.entry;
    },
    save: () => kept.save(),
  };
}
