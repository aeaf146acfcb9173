import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../../src/search/bundle/read-entry.ts';
import { listFiles } from '../lib/folder.ts';

/** Returns the pages of the notes, as the build has rendered them for members. */
export function readPages(folder: string): Page[] {
  return listFiles(folder)
    .filter((file) => file.startsWith('notes/') && file.endsWith('/index.html'))
    .map((file) => ({
      address: `/${file.slice(0, -'index.html'.length)}`,
      html: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** Returns the section that a note was written from: `/notes/x/` or `notes/x` ⇒ `x`. */
export const sectionOf = (address: string) => /notes\/([^/]+)\/?$/.exec(address)?.[1] ?? address;
