import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexPages, type Page } from '../../src/search/index.ts';
import { vocabularyOf } from '../../src/search/vocabulary.ts';
import { listFiles } from '../lib/folder.ts';
import type { Layer, Rendered } from '../lib/site.ts';

/** Makes the search bundles of all audiences, the widest first; a folder that isn't there has no pages. */
export async function indexAll(rendered: readonly Rendered[]): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const [at, layer] of rendered.entries()) {
    layers.push({ ...layer, search: await indexSearch(layer, rendered.slice(0, at)) });
  }
  return layers;
}

/**
 * Makes the search bundle of an audience, of what no wider circle reads so. A page joins the bundles that its readers
 * may open.
 *
 * @param wider - what was made for the wider circles, the public first. Synonyms and people's other names are for
 * members alone: the first tier's bundle has them, and those above it what they add.
 */
async function indexSearch(
  { audience, pages, content }: Rendered,
  wider: readonly Rendered[],
): Promise<Map<string, Uint8Array>> {
  const bundle = `/pagefind/${audience}/`;
  if (wider.length === 0) return indexPages(readPages(pages), bundle);
  const { synonyms, aliases } = vocabularyOf(content);
  const known = new Set(wider.slice(1).flatMap((layer) => vocabularyOf(layer.content).synonyms.map(String)));
  return indexPages(readPages(pages), bundle, {
    covered: readPages(...wider.map((layer) => layer.pages)),
    synonyms: synonyms.filter((group) => !known.has(String(group))),
    aliases,
  });
}

function* readPages(...folders: string[]): Generator<Page> {
  for (const folder of folders.filter((one) => existsSync(one))) {
    for (const file of listFiles(folder)) {
      if (!file.endsWith('/index.html')) continue;
      const address = `/${file.slice(0, -'index.html'.length)}`;
      yield { address, html: readFileSync(join(folder, file), 'utf8') };
    }
  }
}
