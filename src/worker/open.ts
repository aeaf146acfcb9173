import type { Access } from '../gate/store.ts';
import {
  lookup,
  namesIn,
  openMediaHead,
  openObject,
  openTableShard,
  parseRoot,
  tableShardOf,
  type Bytes,
  type MediaHead,
  type Plain,
  type ReaderKeys,
  type Root,
  type TableEntry,
  type TableShard,
} from '../vault/index.ts';
import {
  dropFiles,
  dropOthers,
  isCrowded,
  mediaCache,
  openSealed,
  publicAddress,
  sealedAddress,
  Unavailable,
} from './cache.ts';
import { forgetOpened, openOnce } from './once.ts';

/** The opened content of a path, and the build it comes from. */
export type Opened = (Plain | { head: MediaHead }) & { build: number };
/** Why a path was not opened: it is in no table that our keys open, the host is unreachable, or the file is broken. */
export type Unopened = 'absent' | 'offline' | 'broken';

/** Looks a logical path up in the tables, highest tier first, and opens its content. */
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

/** Removes the content of a path from the caches. */
export async function dropPath(access: Access, path: string): Promise<void> {
  await dropFiles(mediaCache, await mediaAddresses(access, path));
  for (const { keys, entry } of await entriesAt(access, path)) {
    await dropFiles(keys.epoch, [sealedAddress(entry.name)]);
  }
  // A file remembered as opened would not be cached when it is requested again.
  forgetOpened();
}

/** The cache addresses of the media at a path: the path's own if they are public, else those of their segments. */
export async function mediaAddresses(access: Access, path: string): Promise<string[]> {
  const heads = (await entriesAt(access, path))
    .filter(({ entry }) => entry.kind === 'media')
    .map(({ keys, entry }) => openHead(keys, path, entry.name));
  const segments = (await Promise.all(heads)).flatMap((head) => head.segments);
  return [publicAddress(path), ...segments.map(sealedAddress)];
}

/**
 * If the epoch's cache is crowded, removes old table shards and all files that no current table names: nothing leads to
 * them any more.
 */
export async function dropUnnamed({ keys, root }: Access): Promise<void> {
  const { epoch } = keys[0]!;
  if (!(await isCrowded(epoch))) return;
  const { tables } = parseRoot(root);
  const named = keys.map(async (tier) => {
    const { shards } = tables[tier.keyId]!;
    const opened = await Promise.all(shards.map((_, index) => openShard(tier, index, shards)));
    return [...shards, ...opened.flatMap(namesIn)];
  });
  const addresses = (await Promise.all(named)).flat().map(sealedAddress);
  await dropOthers(epoch, new Set(addresses));
}

/** The entries of a path in the tables of all tiers whose keys we hold. */
async function entriesAt(access: Access, path: string): Promise<{ keys: ReaderKeys; entry: TableEntry }[]> {
  const root = parseRoot(access.root);
  const found = access.keys.map(async (keys) => ({ keys, entry: await findEntry(root, keys, path) }));
  return (await Promise.all(found)).flatMap(({ keys, entry }) => (entry ? { keys, entry } : []));
}

async function findEntry(root: Root, keys: ReaderKeys, path: string): Promise<TableEntry | undefined> {
  const shards = root.tables[keys.keyId]?.shards ?? [];
  const index = await tableShardOf(keys, path, shards.length);
  const shard = await openShard(keys, index, shards);
  return lookup(keys, shard, path);
}

function openShard(keys: ReaderKeys, index: number, shards: string[]): Promise<TableShard> {
  const name = shards[index]!;
  return openOnce(`shard ${name}`, () =>
    openNamed(keys, name, (bytes) => openTableShard(keys, index, shards.length, { name, bytes })),
  );
}

async function openEntry(
  keys: ReaderKeys,
  path: string,
  { name, kind }: TableEntry,
): Promise<Plain | { head: MediaHead }> {
  if (kind === 'media')
    return { head: await openOnce(`head ${name} ${path}`, () => openHead(keys, path, name)) };
  return openNamed(keys, name, (bytes) => openObject(keys, path, { name, bytes }));
}

function openHead(keys: ReaderKeys, path: string, name: string): Promise<MediaHead> {
  return openNamed(keys, name, (bytes) => openMediaHead(keys, path, { name, bytes }));
}

/** Opens a sealed file of an epoch. Table and root name only files under their own keys, so another key is an error. */
function openNamed<T>(
  { epoch }: ReaderKeys,
  name: string,
  open: (bytes: Bytes) => Promise<T | null>,
): Promise<T> {
  return openSealed(name, epoch, async (bytes) => {
    const opened = await open(bytes);
    if (!opened) throw new Error('sealed by another key');
    return opened;
  });
}
