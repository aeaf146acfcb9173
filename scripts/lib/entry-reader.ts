import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { readEntry, type Page, type ReadEntry } from '../../src/search/read-entry.ts';
import { Kept } from './kept.ts';

/** Reads what a search can find in pages, and keeps it: taking pages apart is most of the work of an index. */
export interface EntryReader {
  read: (page: Page) => ReadEntry | undefined;
  save: () => void;
}

/** @param others - files that other readers have saved */
export function entryReader(file: string, others?: readonly string[]): EntryReader {
  const kept = new Kept<{ entry: ReadEntry | undefined }>(file, versionOf('src/search'), others);
  return {
    read: (page) => {
      const key = digestOf(page.address, page.html);
      const value = kept.get(key) ?? { entry: readEntry(page) };
      kept.set(key, value);
      return value.entry;
    },
    save: () => kept.save(),
  };
}
