import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  importTierKeys,
  importToken,
  keyStoreShardOf,
  objectAddress,
  openRecord,
  parseRoot,
  parseToken,
  verifyRoot,
} from '../../src/vault/index.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { SealedSite, type Read } from '../../scripts/publish/sealed-site.ts';
import { logicalPath } from '../../scripts/steps/collect.ts';
import { tokenOf } from '../lib/site.ts';

/** Logical path → digest of what a member sees there: the opened page, or the readable one where none is sealed. */
export type Seen = Record<string, string>;

export const readFolder =
  (folder: string): Read =>
  (path) => {
    try {
      return Promise.resolve(new Uint8Array(readFileSync(join(folder, path))));
    } catch {
      return Promise.resolve(null);
    }
  };

export const readUrl =
  (url: string): Read =>
  async (path) => {
    const response = await fetch(url + path);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok ? bytes : null;
  };

export function buildOf(folder: string): number {
  return parseRoot(new Uint8Array(readFileSync(join(folder, 'root')))).build;
}

/** Goes in with a member's token, as a browser does. */
export async function enter(read: Read, id = 'anna'): Promise<SealedSite> {
  const root = parseRoot((await read('root'))!);
  const token = await importToken(parseToken(await tokenOf(id))!);
  const shard = root.keystore[await keyStoreShardOf(token, root.epoch, root.keystore.length)]!;
  const record = await openRecord(token, root.epoch, (await read(objectAddress(shard)))!);
  if (!record || 'notice' in record) throw new Error(`${id} is not let in`);
  const keys = await Promise.all(record.keys.map(importTierKeys));
  for (const key of keys) if (!(await verifyRoot(root, key))) throw new Error('root is not signed');
  return new SealedSite(root, keys, read);
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

export function pagesOf(folder: string): string[] {
  return listFiles(folder).filter((file) => file.endsWith('.html'));
}
