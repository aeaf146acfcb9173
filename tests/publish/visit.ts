import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logicalPath } from '../../scripts/lib/page-files.ts';
import { parseRoot } from '../../src/vault/index.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { SealedSite, type Read } from '../../scripts/verify/sealed-site.ts';
import { tokenOf } from '../lib/site.ts';

/** Logical path → digest of what a member sees there: the opened page, or the public one if none is sealed. */
export type Seen = Record<string, string>;

/** Reads a site in a folder. */
export const readFolder =
  (folder: string): Read =>
  (path) => {
    try {
      return Promise.resolve(new Uint8Array(readFileSync(join(folder, path))));
    } catch {
      return Promise.resolve(null);
    }
  };

/** Reads a site on a host. */
export const readUrl =
  (url: string): Read =>
  async (path) => {
    const response = await fetch(url + path);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok ? bytes : null;
  };

/** Returns the number of the build in a folder. */
export function buildOf(folder: string): number {
  return parseRoot(new Uint8Array(readFileSync(join(folder, 'root')))).build;
}

/** Enters with a member's token, as a browser does. */
export async function enter(read: Read, id = 'anna'): Promise<SealedSite> {
  return SealedSite.ofMember(await tokenOf(id), (await read('root'))!, read);
}

/** Reads every page of a site as a member does: the door or page at its address, and what it opens. */
export async function look(site: SealedSite, read: Read, pages: string[]): Promise<Seen> {
  const seen: Seen = {};
  for (const file of pages) {
    const outside = await read(file);
    if (!outside) throw new Error(`nothing stands at ${file}`);
    const opened = await site.open(logicalPath(file));
    seen[file] = createHash('sha256')
      .update(opened ?? outside)
      .digest('hex');
  }
  return seen;
}

/** Returns the paths of the pages in a folder. */
export function pagesOf(folder: string): string[] {
  return listFiles(folder).filter((file) => file.endsWith('.html'));
}
