import { type Bytes, compare, concat, Cursor, fromHex, toHex, uint, utf8 } from './bytes.ts';
import { KIND } from './cipher.ts';
import { ENCODING, type EnvelopeKeys, type EnvelopePlace, openEnvelope, sealEnvelope } from './envelope.ts';
import { mac } from './kdf.ts';
import type { ReaderKeys, TierSecrets } from './keys.ts';
import { NAME_SIZE, type SealedFile } from './name.ts';
import { paddedSize, powerOfTwo } from './padding.ts';
import { checkPath } from './path.ts';
import { shardOf } from './shard.ts';

const ID_SIZE = 16;
const ENTRY_SIZE = ID_SIZE + 1 + NAME_SIZE;
const ENTRIES_PER_SHARD = 128;
const KINDS = ['object', 'media'] as const;

/** The sealed file that holds a path's content: an object, or the head of a media file. */
export interface TableEntry {
  name: string;
  kind: (typeof KINDS)[number];
}

/** An opened and validated shard: entries of 33 bytes in ascending order. */
export interface TableShard {
  entries: Bytes;
}

/**
 * Seals a tier's table, which maps each path to the name of the file with its content.
 *
 * @returns the shards in order, all of one size; their number is a power of two, at least one.
 */
export async function sealTable(keys: TierSecrets, entries: Map<string, TableEntry>): Promise<SealedFile[]> {
  const count = powerOfTwo(entries.size / ENTRIES_PER_SHARD);
  const shards: Bytes[][] = Array.from({ length: count }, () => []);
  for (const [path, { name, kind }] of entries) {
    checkPath(path);
    const id = (await keys.primitives.hmac(keys.lookup, utf8(path))).subarray(0, ID_SIZE);
    shards[shardOf(id, count)]!.push(concat(id, uint(KINDS.indexOf(kind) + 1, 1), fromHex(name, NAME_SIZE)));
  }
  const size = Math.max(...shards.map((shard) => shard.length)) * ENTRY_SIZE;
  return Promise.all(
    shards.map((shard, index) => {
      const body = concat(...shard.sort(compare));
      return sealEnvelope(
        { ...keys, keyId: keys.reader.keyId, content: keys.table },
        placeOf(index, count),
        { encoding: ENCODING.plain, size: body.length, packed: body.length, segmentSize: 0, type: '' },
        body,
        paddedSize(size),
      );
    }),
  );
}

/** The index of the shard, of `count`, that would hold the path's entry. */
export async function tableShardOf(keys: ReaderKeys, path: string, count: number): Promise<number> {
  return shardOf(await pathId(keys, path), count);
}

/**
 * Opens and validates a shard.
 *
 * @param file - with the name that the root gives for this shard.
 * @returns null when it was sealed with another key.
 * @throws Error when it is malformed, altered, another shard, or not the file of this name.
 */
export async function openTableShard(
  keys: ReaderKeys,
  index: number,
  count: number,
  file: SealedFile,
): Promise<TableShard | null> {
  const opened = await openEnvelope(envelopeKeys(keys), placeOf(index, count), file);
  if (!opened) return null;
  const entries = opened.body;
  if (entries.length % ENTRY_SIZE !== 0) throw new Error('table shard has a torn entry');
  for (let offset = 0; offset < entries.length; offset += ENTRY_SIZE) {
    const id = idAt(entries, offset);
    if (shardOf(id, count) !== index) throw new Error('table entry in another shard');
    if (offset > 0 && compare(idAt(entries, offset - ENTRY_SIZE), id) >= 0) {
      throw new Error('table entries out of order');
    }
    if (!KINDS[entries[offset + ID_SIZE]! - 1]) throw new Error('table entry of unknown kind');
  }
  return { entries };
}

/** Looks up the entry of a path; undefined when this tier has no content there. */
export async function lookup(
  keys: ReaderKeys,
  { entries }: TableShard,
  path: string,
): Promise<TableEntry | undefined> {
  const id = await pathId(keys, path);
  let low = 0;
  let high = entries.length / ENTRY_SIZE;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(idAt(entries, middle * ENTRY_SIZE), id) < 0) low = middle + 1;
    else high = middle;
  }
  const cursor = new Cursor(entries.subarray(low * ENTRY_SIZE));
  if (cursor.left === 0 || compare(cursor.take(ID_SIZE), id) !== 0) return undefined;
  const kind = KINDS[cursor.uint(1) - 1]!;
  return { name: toHex(cursor.take(NAME_SIZE)), kind };
}

/** The names of all files listed in a shard: objects and heads, not segments. */
export function namesIn({ entries }: TableShard): string[] {
  return Array.from({ length: entries.length / ENTRY_SIZE }, (_, at) => {
    const end = (at + 1) * ENTRY_SIZE;
    return toHex(entries.subarray(end - NAME_SIZE, end));
  });
}

async function pathId(keys: ReaderKeys, path: string): Promise<Bytes> {
  return (await mac(keys.lookup, utf8(path))).subarray(0, ID_SIZE);
}

function idAt(entries: Bytes, offset: number): Bytes {
  return entries.subarray(offset, offset + ID_SIZE);
}

function envelopeKeys(keys: ReaderKeys): EnvelopeKeys {
  return { keyId: keys.keyId, content: keys.table, name: keys.name };
}

function placeOf(index: number, count: number): EnvelopePlace {
  return { kind: KIND.table, path: `table ${index}/${count}` };
}
