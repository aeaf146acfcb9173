import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { indexEntries, readEntries, type BundleOptions } from '../../src/search/bundle/index-entries.ts';
import type { ReadEntry } from '../../src/search/bundle/read-entry.ts';
import { vocabularyOf } from '../../src/search/bundle/vocabulary.ts';
import { entryReader, type PageFile } from '../lib/entry-reader.ts';
import { digestOfFiles } from '../lib/inputs.ts';
import { CacheFile } from '../lib/cache-file.ts';
import { memoize } from '../lib/memoize.ts';
import { hasEntry, pageFile } from '../lib/page-files.ts';
import type { Settings } from '../lib/settings.ts';
import type { Layer, Rendered } from '../lib/site.ts';
import { entriesFile, readRecord } from '../render/record.ts';
import { MOST_PARTS } from './render.ts';

/** The files of the project that decide how pages are indexed. */
const projectFiles = ['src/search', 'scripts/steps/search.ts', 'package-lock.json'];

const parts = Array.from({ length: MOST_PARTS }, (_, part) => part);

/**
 * Makes the search bundles of all audiences, the public first; a missing folder has no pages. If the pages and the
 * vocabulary are the same as in the last run, its bundle is used.
 */
export async function indexAll(
  { root, work }: Pick<Settings, 'root' | 'work'>,
  rendered: readonly Rendered[],
): Promise<Layer[]> {
  const project = digestOfFiles(projectFiles.map((name) => join(root, name)));
  // Another version of zlib may compress the same files to other bytes.
  const version = `${project} ${process.versions.zlib}`;
  const bundles = new CacheFile<Map<string, Uint8Array>>(join(work, 'cache', 'search-bundles'), version);
  const packed = new CacheFile<Uint8Array>(join(work, 'cache', 'packed'), version);
  const characters = new CacheFile<string>(join(work, 'cache', 'characters'), project);
  const kept = { packed, characters };
  const reader = entryReader(
    join(work, 'cache', 'entries'),
    rendered.flatMap(({ pages }) => parts.map((part) => entriesFile(pages, part))),
  );
  const pagesOf = memoize((folder: string) => [...pagesIn(folder)]);
  const read = memoize((folder: string) => readEntries(pagesOf(folder), reader.read));
  const layers: Layer[] = [];
  for (const [at, layer] of rendered.entries()) {
    const wider = rendered.slice(0, at);
    const vocabulary = [layer, ...wider].map(({ content }) => {
      const { synonyms, aliases } = vocabularyOf(content);
      return { synonyms, aliases: [...aliases] };
    });
    const pages = [layer, ...wider].map((one) => pagesOf(one.pages));
    const key = digestOf(JSON.stringify({ vocabulary, pages }));
    const search = bundles.get(key) ?? (await indexSearch(layer, wider, read, kept));
    bundles.set(key, search);
    layers.push({ ...layer, search });
  }
  for (const cache of [reader, bundles, packed, characters]) cache.save();
  return layers;
}

/**
 * Makes the search bundle of an audience, which leaves out what the bundles of wider audiences contain. A page joins
 * all bundles that its readers may open.
 *
 * @param wider - the pages of the wider audiences, the public first. Synonyms and aliases of people are for members
 *   alone: the first tier's bundle has them, and the bundles above it have what their tier adds.
 * @param read - extracts what can be found in the pages of a folder
 */
async function indexSearch(
  { pages, content }: Rendered,
  wider: readonly Rendered[],
  read: (folder: string) => Map<string, ReadEntry>,
  kept: Pick<BundleOptions, 'packed' | 'characters'>,
): Promise<Map<string, Uint8Array>> {
  if (wider.length === 0) return indexEntries(read(pages), kept);
  const { synonyms, aliases } = vocabularyOf(content);
  const known = new Set(wider.slice(1).flatMap((layer) => vocabularyOf(layer.content).synonyms.map(String)));
  return indexEntries(read(pages), {
    covered: wider.flatMap((layer) => [...read(layer.pages)]),
    synonyms: synonyms.filter((group) => !known.has(String(group))),
    aliases,
    ...kept,
  });
}

/** Yields the pages of a folder that may show an entry, from the record of the run that made them. */
function* pagesIn(folder: string): Generator<PageFile> {
  for (const [address, { digest }] of readRecord(folder)?.pages ?? []) {
    const file = pageFile(address);
    if (hasEntry(file)) yield { address, digest, html: () => readFileSync(join(folder, file), 'utf8') };
  }
}
