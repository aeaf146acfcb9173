import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../src/markdown/load.ts';
import { indexPages, type Page } from '../../src/search/index.ts';
import { listFiles } from '../lib/folder.ts';

interface ByAudience<T> {
  public: T;
  members: T;
}

/**
 * Makes one search bundle for each audience: the public one from the public pages, the members' one from what only
 * members can read. The page joins the two.
 *
 * @param pages - the folder with each audience's pages
 * @param content - members' content: its synonyms and people's other names are for members alone
 */
export async function indexSearch(
  pages: ByAudience<string>,
  { synonyms, entries, topics }: Pick<Content, 'synonyms' | 'entries' | 'topics'>,
): Promise<ByAudience<Map<string, Uint8Array>>> {
  const aliases = new Map(
    entries.flatMap((entry) =>
      entry.form === 'people' ? [[entry.address, entry.data.aliases] as const] : [],
    ),
  );
  const topicNames = [...topics.values()]
    .filter((topic) => topic.aliases.length > 0)
    .map(({ name, aliases: others }) => [name, ...others]);
  return {
    public: await indexPages(readPages(pages.public), '/pagefind/public/'),
    members: await indexPages(readPages(pages.members), '/pagefind/members/', {
      covered: readPages(pages.public),
      synonyms: [...synonyms, ...topicNames],
      aliases,
    }),
  };
}

function* readPages(folder: string): Generator<Page> {
  for (const file of listFiles(folder)) {
    if (!file.endsWith('/index.html')) continue;
    const address = `/${file.slice(0, -'index.html'.length)}`;
    yield { address, html: readFileSync(join(folder, file), 'utf8') };
  }
}
