import type { Access } from '../gate/store.ts';
import {
  lookup,
  openMediaHead,
  openObject,
  openTableShard,
  parseRoot,
  tableShardOf,
  type MediaHead,
  type Plain,
  type ReaderKeys,
  type Root,
  type TableEntry,
  type TableShard,
} from '../vault/index.ts';
import { dropPublic, dropSealed, fetchSealed, mediaCache, Unavailable } from './cache.ts';
import { forgetOpened, openOnce } from './once.ts';

/** What stood at a path, and in which build. */
export type Opened = (Plain | { head: MediaHead }) & { build: number };
/** Not in any table we hold the key of; not to be had now; or what came does not open. */
export type Unopened = 'absent' | 'offline' | 'broken';

/** Looks a logical path up in the tables, highest tier first, and opens what stands there. */
export async function openPath(access: Access, path: string): Promise<Opened | Unopened> {
  const root = parseRoot(access.root);
  try {
    for (const keys of [...access.keys].reverse()) {
      const entry = await findEntry(root, keys, path);
      if (entry) return { ...(await openEntry(keys, path, entry)), build: root.build };
    }
    return 'absent';
  } catch (error) {
    return error instanceof Unavailable ? error.reason : 'broken';
  }
}

/** Keeps no longer what stands at a path. */
export async function dropPath(access: Access, path: string): Promise<void> {
  const root = parseRoot(access.root);
  await dropPublic(path);
  for (const keys of access.keys) {
    const entry = await findEntry(root, keys, path);
    if (!entry) continue;
    const { segments } = entry.kind === 'media' ? await openHead(keys, path, entry.name) : { segments: [] };
    await Promise.all(segments.map((name) => dropSealed(name, mediaCache)));
    await dropSealed(entry.name, keys.epoch);
  }
  // What is remembered as opened would not be kept when it is asked for again.
  forgetOpened();
}

async function findEntry(root: Root, keys: ReaderKeys, path: string): Promise<TableEntry | undefined> {
  const shards = root.tables[keys.keyId]?.shards ?? [];
  const index = await tableShardOf(keys, path, shards.length);
  const shard = await openShard(keys, index, shards);
  return lookup(keys, shard, path);
}

function openShard(keys: ReaderKeys, index: number, shards: string[]): Promise<TableShard> {
  const name = shards[index]!;
  return openOnce(`shard ${name}`, async () => {
    const { bytes, keep } = await fetchSealed(name, keys.epoch);
    const shard = await openTableShard(keys, index, shards.length, { name, bytes });
    if (!shard) throw new Error('table shard of another key');
    keep();
    return shard;
  });
}

async function openEntry(
  keys: ReaderKeys,
  path: string,
  { name, kind }: TableEntry,
): Promise<Plain | { head: MediaHead }> {
  if (kind === 'media')
    return { head: await openOnce(`head ${name} ${path}`, () => openHead(keys, path, name)) };
  const { bytes, keep } = await fetchSealed(name, keys.epoch);
  const plain = await openObject(keys, path, { name, bytes });
  if (!plain) throw new Error('object of another key');
  keep();
  return plain;
}

async function openHead(keys: ReaderKeys, path: string, name: string): Promise<MediaHead> {
  const { bytes, keep } = await fetchSealed(name, keys.epoch);
  const head = await openMediaHead(keys, path, { name, bytes });
  if (!head) throw new Error('media head of another key');
  keep();
  return head;
}
