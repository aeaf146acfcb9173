import { type Bytes, compare, fromUtf8, toHex, utf8 } from './bytes.ts';
import { isDateShaped } from './date.ts';
import { mac } from './kdf.ts';
import type { ReaderKeys, TierSecrets } from './keys.ts';
import { isName } from './name.ts';
import { powerOfTwo } from './padding.ts';

const SIZE_LIMIT = 4 * 2 ** 20;
const MAC = /^[0-9a-f]{64}$/;

/** The content of `root`, the only file that is overwritten: a browser finds everything else through it. */
export interface Root {
  format: 1;
  /** The oldest worker protocol that may keep serving. */
  worker: number;
  /** The build number, which grows with every publication. */
  build: number;
  /** YYYY-MM-DD. */
  date: string;
  epoch: string;
  siteTag: number;
  /** Names of the key store's shards, in order. */
  keystore: string[];
  /** By key id: the names of the tier's table shards, in order, and the MAC of the whole root under the tier's key. */
  tables: Record<string, { shards: string[]; mac: string }>;
  /** Name of the ledger's file. */
  ledger?: string;
}

/** A root without the MACs that {@link signRoot} adds. */
export interface UnsignedRoot extends Omit<Root, 'tables'> {
  tables: Record<string, { shards: string[] }>;
}

/**
 * Encodes a root as it is published: canonical JSON (fixed order of keys, tables by key id, no spaces, a line end).
 *
 * @throws Error when a field is malformed.
 */
export function encodeRoot(root: Root): Bytes {
  check(root);
  return utf8(spell(root));
}

/**
 * The inverse of {@link encodeRoot}.
 *
 * @throws Error for anything but its exact output: unknown fields, non-canonical JSON, more than 4 MiB.
 */
export function parseRoot(bytes: Bytes): Root {
  if (bytes.length > SIZE_LIMIT) throw new Error('root is too large');
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw new Error('root is not JSON', { cause });
  }
  check(value);
  // Encoding it again catches everything else: unknown, repeated or prototype keys, order, white space.
  if (compare(utf8(spell(value)), bytes) !== 0) throw new Error('root is not in its one spelling');
  return value;
}

/**
 * Adds each tier's MAC, so that nobody without a tier's keys can change, mix or roll back parts of a root.
 *
 * @throws RangeError unless the tables are exactly those of the tiers.
 */
export async function signRoot(root: UnsignedRoot, tiers: TierSecrets[]): Promise<Root> {
  const ids = tiers.map(({ reader }) => reader.keyId);
  if (Object.keys(root.tables).sort().join() !== [...ids].sort().join()) {
    throw new RangeError('the root has tables of other tiers');
  }
  const tables = Object.fromEntries(
    Object.entries(root.tables).map(([id, { shards }]) => [id, { shards, mac: '' }]),
  );
  const unsigned = { ...root, tables };
  const signed = await Promise.all(
    tiers.map(async ({ reader }) => {
      const { keyId } = reader;
      return [keyId, { shards: tables[keyId]!.shards, mac: await macOf(unsigned, reader) }] as const;
    }),
  );
  return { ...root, tables: Object.fromEntries(signed) };
}

/** Whether the root carries a valid MAC for this tier and epoch; false also when it has no table of the tier. */
export async function verifyRoot(root: Root, keys: ReaderKeys): Promise<boolean> {
  const table = root.tables[keys.keyId];
  if (!table || root.epoch !== keys.epoch) return false;
  return (await macOf(root, keys)) === table.mac;
}

async function macOf(root: Root, keys: ReaderKeys): Promise<string> {
  const tables = Object.fromEntries(
    Object.entries(root.tables).map(([id, { shards }]) => [id, { shards, mac: '' }]),
  );
  return toHex(await mac(keys.root, utf8(spell({ ...root, tables }))));
}

function spell(root: Root): string {
  const { format, worker, build, date, epoch, siteTag, keystore, ledger } = root;
  const tables = Object.fromEntries(
    Object.keys(root.tables)
      .sort()
      .map((id) => [id, { shards: root.tables[id]!.shards, mac: root.tables[id]!.mac }]),
  );
  const ordered = { format, worker, build, date, epoch, siteTag, keystore, tables };
  return `${JSON.stringify(ledger === undefined ? ordered : { ...ordered, ledger })}\n`;
}

function check(value: unknown): asserts value is Root {
  if (!isRecord(value)) throw new Error('root is no object');
  if (value.format !== 1) throw new Error('root of unknown format version');
  for (const field of ['worker', 'build', 'siteTag']) {
    const number = value[field];
    if (!Number.isSafeInteger(number) || Number(number) < 0) throw new Error(`root has a malformed ${field}`);
  }
  if (Number(value.siteTag) > 1023) throw new Error('root has a malformed siteTag');
  if (!isDateShaped(value.date)) throw new Error('root has a malformed date');
  if (!matches(value.epoch, /^[0-9a-f]{32}$/)) throw new Error('root has a malformed epoch');
  if (!areShards(value.keystore)) throw new Error('root has a malformed keystore');
  if (!isRecord(value.tables)) throw new Error('root has malformed tables');
  for (const [id, table] of Object.entries(value.tables)) {
    if (!/^[0-9a-f]{16}$/.test(id)) throw new Error('root has a malformed key id');
    if (!isRecord(table) || !areShards(table.shards) || !matches(table.mac, MAC)) {
      throw new Error('root has a malformed table');
    }
  }
  if ('ledger' in value && !isName(value.ledger)) throw new Error('root has a malformed ledger');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function areShards(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    powerOfTwo(value.length) === value.length &&
    value.every(isName)
  );
}
