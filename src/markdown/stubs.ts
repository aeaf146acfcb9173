import { readFileSync } from 'node:fs';
import { stubsSchema, type Stubs } from '../model/stubs.ts';
import type { Folder } from './folder.ts';
import type { Teaser } from './content.ts';
import type { MediaStore } from './media.ts';

/**
 * Reads a file of stubs.
 * @throws Error when it doesn't match the schema
 */
export function readStubs(file: string): Stubs {
  return stubsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Returns the folder without the covers of teasers: they are in the folders of their entries, which aren't in this
 * part.
 */
export function withoutCovers(folder: Folder, { teasers }: Stubs): Folder {
  const covers = new Set(Object.values(teasers).map(({ cover }) => cover));
  return { ...folder, files: new Set([...folder.files].filter((path) => !covers.has(path))) };
}

/**
 * Prepares the teasers with their covers.
 *
 * @throws Error when a cover can't be prepared; the check of the whole folder makes sure that it can
 */
export async function readTeasers({ teasers }: Stubs, media: MediaStore): Promise<Teaser[]> {
  return Promise.all(
    Object.entries(teasers).map(async ([place, { title, summary, cover }]) => {
      const [form, slug] = place.split('/') as [Teaser['form'], string];
      const prepared = cover === undefined ? undefined : await media.prepare('image', cover, place);
      if (prepared && !('picture' in prepared)) throw new Error(`${cover!}: the cover can't be read`);
      return { form, slug, title, summary, ...(prepared && { cover: prepared.picture }) };
    }),
  );
}
