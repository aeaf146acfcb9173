import { LOWEST_TIER } from '../../src/model/audience.ts';
import {
  deriveTierKeys,
  importTierKeys,
  importToken,
  keyStoreShardOf,
  lookup,
  objectAddress,
  openMediaHead,
  openObject,
  openRecord,
  openSegment,
  openTableShard,
  parseRoot,
  parseToken,
  tableShardOf,
  verifyRoot,
  type Bytes,
  type ReaderKeys,
  type Root,
  type TableEntry,
  type TableShard,
} from '../../src/vault/index.ts';

/** Returns the bytes at a path of a site, or null if there are none. */
export type Read = (path: string) => Promise<Bytes | null>;

/** A published site as seen with a reader's keys, wherever its files are. */
export class SealedSite {
  readonly root: Root;
  readonly #keys: ReaderKeys[];
  readonly #read: Read;
  readonly #shards = new Map<string, Promise<TableShard>>();

  /** @param keys - lowest tier first */
  constructor(root: Root, keys: ReaderKeys[], read: Read) {
    this.root = root;
    this.#keys = keys;
    this.#read = read;
  }

  /**
   * Opens a site, for one tier, with the operator's secret.
   *
   * @param rootBytes - the content of `root`
   * @returns null when another secret signed the root
   * @throws Error when the root is malformed
   */
  static async ofOperator(
    secret: Bytes,
    rootBytes: Bytes,
    read: Read,
    tier = LOWEST_TIER,
  ): Promise<SealedSite | null> {
    const root = parseRoot(rootBytes);
    const { reader } = await deriveTierKeys(secret, tier, root.epoch);
    return (await verifyRoot(root, reader)) ? new SealedSite(root, [reader], read) : null;
  }

  /**
   * Opens a site with a member's token, as a browser does.
   *
   * @param rootBytes - the content of `root`
   * @throws Error when the token lets nobody in, or a file is missing or damaged
   */
  static async ofMember(token: string, rootBytes: Bytes, read: Read): Promise<SealedSite> {
    const root = parseRoot(rootBytes);
    const parsed = parseToken(token);
    if (!parsed) throw new Error('the token is malformed');
    const key = await importToken(parsed);
    const name = root.keystore[await keyStoreShardOf(key, root.epoch, root.keystore.length)]!;
    const shard = await read(objectAddress(name));
    const record = shard && (await openRecord(key, root.epoch, shard));
    if (!record || 'notice' in record) throw new Error('the key store has no keys for this token');
    const keys = await Promise.all(record.keys.map(importTierKeys));
    for (const key of keys) if (!(await verifyRoot(root, key))) throw new Error('the root is not signed');
    return new SealedSite(root, keys, read);
  }

  /** Whether there is sealed content at a logical path (`/talks/x/`). */
  async has(path: string): Promise<boolean> {
    return (await this.#find(path)) !== null;
  }

  /**
   * Returns the content at a logical path.
   *
   * @returns null when there is no sealed content at the path
   * @throws Error when it can't be read or opened
   */
  async open(path: string): Promise<Bytes | null> {
    const found = await this.#find(path);
    if (!found) return null;
    const { keys, name, kind } = found;
    const file = { name, bytes: await this.#get(name) };
    if (kind === 'object') {
      const plain = await openObject(keys, path, file);
      if (!plain) throw new Error(`${path}: object sealed with another key`);
      return plain.bytes;
    }
    const head = await openMediaHead(keys, path, file);
    if (!head) throw new Error(`${path}: media sealed with another key`);
    const segments: Bytes[] = [];
    for (const [i, segment] of head.segments.entries()) {
      segments.push(await openSegment(head, i, await this.#get(segment)));
    }
    return new Uint8Array(Buffer.concat(segments));
  }

  async #find(path: string): Promise<(TableEntry & { keys: ReaderKeys }) | null> {
    for (const keys of this.#keys.toReversed()) {
      const names = this.root.tables[keys.keyId]?.shards ?? [];
      const index = await tableShardOf(keys, path, names.length);
      const entry = await lookup(keys, await this.#shard(keys, index, names), path);
      if (entry) return { ...entry, keys };
    }
    return null;
  }

  #shard(keys: ReaderKeys, index: number, names: string[]): Promise<TableShard> {
    const name = names[index]!;
    const known = this.#shards.get(name);
    if (known) return known;
    const opening = (async () => {
      const shard = await openTableShard(keys, index, names.length, { name, bytes: await this.#get(name) });
      if (!shard) throw new Error('table sealed with another key');
      return shard;
    })();
    this.#shards.set(name, opening);
    return opening;
  }

  async #get(name: string): Promise<Bytes> {
    const bytes = await this.#read(objectAddress(name));
    if (!bytes) throw new Error(`${objectAddress(name)} is missing`);
    return bytes;
  }
}
