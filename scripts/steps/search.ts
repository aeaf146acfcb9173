import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexPages, type Page } from '../../src/search/index.ts';
import { vocabularyOf } from '../../src/search/vocabulary.ts';
import { listFiles } from '../lib/folder.ts';

interface ByAudience<T> {
  public: T;
  members: T;
}

/**
 * Makes one search bundle for each audience: the public one from the public pages, the members' one from what only
 * members can read. The page joins the two.
 *
 * @param pages - the folder with each audience's pages; one that isn't there has none
 * @param content - members' content: its synonyms and people's other names are for members alone
 */
export async function indexSearch(
  pages: ByAudience<string>,
  content: Parameters<typeof vocabularyOf>[0],
): Promise<ByAudience<Map<string, Uint8Array>>> {
  return {
    public: await indexPages(readPages(pages.public), '/pagefind/public/'),
    members: await indexPages(readPages(pages.members), '/pagefind/members/', {
      covered: readPages(pages.public),
      ...vocabularyOf(content),
    }),
  };
}

function* readPages(folder: string): Generator<Page> {
  if (!existsSync(folder)) return;
  for (const file of listFiles(folder)) {
    if (!file.endsWith('/index.html')) continue;
    const address = `/${file.slice(0, -'index.html'.length)}`;
    yield { address, html: readFileSync(join(folder, file), 'utf8') };
  }
}
