import { join } from 'node:path';
import { Cache, digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { extractEntry } from '../../src/search/extract.ts';
import type { Page } from '../../src/search/index.ts';
import type { EntryText } from '../../src/search/record.ts';

interface Kept {
  /** Missing where the page is no entry's. */
  entry?: EntryText | undefined;
}

/**
 * What reads in pages what a search can find, and keeps it in the work folder until a page changes: taking pages apart
 * is most of the work of an index.
 */
export function keptExtractor(work: string): (page: Page) => EntryText | undefined {
  const cache = new Cache(join(work, 'cache', 'extracted'));
  const version = versionOf('src/search');
  return (page) => {
    const name = `${digestOf(version, page.address, page.html)}.json`;
    const kept = cache.readJson(name) as Kept | undefined;
    if (kept) return kept.entry;
    const text = JSON.stringify({ entry: extractEntry(page) } satisfies Kept);
    cache.write(name, text);
    return (JSON.parse(text) as Kept).entry;
  };
}
