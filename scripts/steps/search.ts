import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { digestOf } from '../../src/markdown/cache.ts';
import { indexEntries, readEntries } from '../../src/search/index.ts';
import type { Page, ReadEntry } from '../../src/search/read-entry.ts';
import { vocabularyOf } from '../../src/search/vocabulary.ts';
import { entryReader } from '../lib/entry-reader.ts';
import { listFiles, writeFiles } from '../lib/folder.ts';
import { digestOfFiles } from '../lib/inputs.ts';
import { reuse } from '../lib/reuse.ts';
import type { Settings } from '../lib/settings.ts';
import type { Layer, Rendered } from '../lib/site.ts';
import { entriesFile } from '../render/record.ts';
import { MOST_PARTS } from './render.ts';

/** Everything of the project that decides how pages are indexed. */
const projectFiles = ['src/search', 'scripts/steps/search.ts', 'package-lock.json'];

const BUNDLE = 'bundle';

const parts = Array.from({ length: MOST_PARTS }, (_, part) => part);

/**
 * Makes the search bundles of all audiences, the widest first; a folder that isn't there has no pages. A bundle of the
 * same pages and words as in the last run is the one of the last run.
 */
export async function indexAll(
  { root, work }: Pick<Settings, 'root' | 'work'>,
  rendered: readonly Rendered[],
): Promise<Layer[]> {
  const project = digestOfFiles(projectFiles.map((name) => join(root, name)));
  const reader = entryReader(
    join(work, 'cache', 'entries'),
    rendered.flatMap(({ pages }) => parts.map((part) => entriesFile(pages, part))),
  );
  const read = (folder: string) => readEntries(readPages(folder), reader.read);
  const layers: Layer[] = [];
  for (const [at, layer] of rendered.entries()) {
    const wider = rendered.slice(0, at);
    const vocabulary = [layer, ...wider].map(({ content }) => {
      const { synonyms, aliases } = vocabularyOf(content);
      return { synonyms, aliases: [...aliases] };
    });
    const folder = join(work, 'search', layer.audience);
    await reuse(
      folder,
      () =>
        digestOf(
          project,
          // Another zlib may pack the same files to other bytes.
          process.versions.zlib,
          JSON.stringify(vocabulary),
          digestOfFiles([layer, ...wider].map(({ pages }) => pages)),
        ),
      async () => {
        // One file: writing and deleting some thousands takes as long as indexing them.
        const bundle = await indexSearch(layer, wider, read);
        writeFiles(folder, new Map([[BUNDLE, serialize(bundle)]]));
      },
    );
    const search = deserialize(readFileSync(join(folder, BUNDLE))) as Map<string, Uint8Array>;
    layers.push({ ...layer, search });
  }
  reader.save();
  return layers;
}

/**
 * Makes the search bundle of an audience, of what no wider circle reads so. A page joins the bundles that its readers
 * may open.
 *
 * @param wider - what was made for the wider circles, the public first. Synonyms and people's other names are for
 * members alone: the first tier's bundle has them, and those above it what they add.
 * @param read - reads what can be found in the pages of a folder
 */
async function indexSearch(
  { pages, content }: Rendered,
  wider: readonly Rendered[],
  read: (folder: string) => Map<string, ReadEntry>,
): Promise<Map<string, Uint8Array>> {
  if (wider.length === 0) return indexEntries(read(pages));
  const { synonyms, aliases } = vocabularyOf(content);
  const known = new Set(wider.slice(1).flatMap((layer) => vocabularyOf(layer.content).synonyms.map(String)));
  return indexEntries(read(pages), {
    covered: wider.flatMap((layer) => [...read(layer.pages)]),
    synonyms: synonyms.filter((group) => !known.has(String(group))),
    aliases,
  });
}

function* readPages(folder: string): Generator<Page> {
  if (!existsSync(folder)) return;
  for (const file of listFiles(folder)) {
    if (!file.endsWith('/index.html')) continue;
    const address = `/${file.slice(0, -'index.html'.length)}`;
    yield { address, html: readFileSync(join(folder, file), 'utf8') };
  }
}
