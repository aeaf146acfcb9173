import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRoot } from '../../src/vault/index.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { SealedSite, type Read } from '../../scripts/publish/sealed-site.ts';
import { logicalPath } from '../../scripts/steps/collect.ts';
import { tokenOf } from '../lib/site.ts';

/** Logical path → digest of what a member sees there: the opened page, or the readable one where none is sealed. */
export type Seen = Record<string, string>;

/** Reads a site that lies in a folder. */
export const readFolder =
  (folder: string): Read =>
  (path) => {
    try {
      return Promise.resolve(new Uint8Array(readFileSync(join(folder, path))));
    } catch {
      return Promise.resolve(null);
    }
  };

/** Reads a site of a host. */
export const readUrl =
  (url: string): Read =>
  async (path) => {
    const response = await fetch(url + path);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok ? bytes : null;
  };

/** The number of the build in a folder. */
export function buildOf(folder: string): number {
  return parseRoot(new Uint8Array(readFileSync(join(folder, 'root')))).build;
}

/** Goes in with a member's token, as a browser does. */
export async function enter(read: Read, id = 'anna'): Promise<SealedSite> {
  return SealedSite.ofMember(await tokenOf(id), (await read('root'))!, read);
}

/** Looks at every page of a site, in the way a member does: the door or page at its address, and what opens there. */
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

/** The pages in a folder, by their files. */
export function pagesOf(folder: string): string[] {
  return listFiles(folder).filter((file) => file.endsWith('.html'));
}
