import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexPages } from '../../src/search/index.ts';
import { listFiles } from '../lib/folder.ts';

interface ByAudience<T> {
  public: T;
  members: T;
}

/**
 * Makes one search bundle for each audience: the public one from the public pages, the members' one from the entries
 * that only members can open. The page joins the two.
 */
export async function indexSearch(pages: ByAudience<string>): Promise<ByAudience<Map<string, Uint8Array>>> {
  const isPublic = new Set(entryPages(pages.public));
  const membersOnly = entryPages(pages.members).filter((file) => !isPublic.has(file));
  return {
    public: await indexPages(read(pages.public, [...isPublic]), '/pagefind/public/'),
    members: await indexPages(read(pages.members, membersOnly), '/pagefind/members/'),
  };
}

/** Every page may hold an entry; those that do are told by their mark when they are read. */
function entryPages(folder: string): string[] {
  return listFiles(folder).filter(
    (file) =>
      file.endsWith('/index.html') && readFileSync(join(folder, file), 'utf8').includes('data-entry="'),
  );
}

function* read(folder: string, files: string[]): Generator<{ address: string; html: string }> {
  for (const file of files) {
    const address = `/${file.slice(0, -'index.html'.length)}`;
    yield { address, html: readFileSync(join(folder, file), 'utf8') };
  }
}
