// N.B. Shared: the page unlocks with this module, and the worker renews with it after a rotation of the keys.
// It imports from single files, because everything else that vault/index.ts exports would be loaded by every door.
import { compare, type Bytes } from '../vault/bytes.ts';
import { digest } from '../vault/kdf.ts';
import { importTierKeys } from '../vault/keys.ts';
import { keyStoreShardOf, openRecord, type KeyRecord } from '../vault/keystore.ts';
import { objectAddress, toName } from '../vault/name.ts';
import { parseRoot, verifyRoot, type Root } from '../vault/root.ts';
import { importToken, type Token, type TokenKey } from '../vault/token.ts';
import { sealLink } from './link.ts';
import type { Access, Notice, Unwrapped } from './store.ts';

/**
 * Why there is no access: the host cannot be reached (`offline`); its answer can't be trusted, because it is damaged,
 * older than one seen before, or a mix of two builds (`broken`); the token belongs to another site, to nobody, or to a
 * membership that has ended.
 */
export type Refusal = { reason: 'offline' | 'broken' | 'other-site' | 'unknown' } | Notice;

/**
 * Unwraps the keys of a token: reads `root`, opens the token's record in the key store, and verifies `root` with the
 * keys.
 * @param seen - the newest root this browser has seen of the site; an older one is refused.
 */
export async function unwrapAccess(base: string, token: Token, seen?: Bytes): Promise<Unwrapped | Refusal> {
  const read = await readRoot(base, token.siteTag, seen);
  if ('reason' in read) return read;
  return unwrap(base, { raw: token, key: await importToken(token) }, read);
}

/**
 * Brings an access up to date with the host: re-reads `root`, and unwraps again when the token's record may have
 * changed, which happens in each new epoch and when the member has gained a tier. An access without keys belongs to a
 * membership that ended, and is always unwrapped again.
 * @returns the same object when nothing changed.
 */
export async function renewAccess(base: string, held: Unwrapped): Promise<Unwrapped | Refusal> {
  const { token, link, keys, root } = held.access;
  const read = await readRoot(base, token.siteTag, root);
  if ('reason' in read) return read;
  const known = { raw: held.raw?.token, key: token, link, verified: parseRoot(root) };
  if (keys.length === 0) return unwrap(base, known, read);
  if (compare(read.bytes, root) === 0) return held;
  const seen = known.verified;
  if (
    read.root.epoch !== seen.epoch ||
    (await shardName(token, read.root)) !== (await shardName(token, seen))
  ) {
    return unwrap(base, known, read);
  }
  if (!(await verified(read.root, keys))) return { reason: 'broken' };
  return {
    access: { ...held.access, root: read.bytes },
    ...(held.raw && { raw: { ...held.raw, root: read.bytes } }),
  };
}

interface ReadRoot {
  root: Root;
  bytes: Bytes;
}

async function readRoot(base: string, siteTag: number, seen?: Bytes): Promise<ReadRoot | Refusal> {
  const bytes = await download(`${base}root`, 'no-store');
  if (!(bytes instanceof Uint8Array)) return bytes;
  try {
    const root = parseRoot(bytes);
    if (root.siteTag !== siteTag) return { reason: 'other-site' };
    if (seen && root.build < parseRoot(seen).build) return { reason: 'broken' };
    return { root, bytes };
  } catch {
    return { reason: 'broken' };
  }
}

async function unwrap(
  base: string,
  token: { raw: Token | undefined; key: TokenKey; link?: Bytes | undefined; verified?: Root },
  { root, bytes }: ReadRoot,
): Promise<Unwrapped | Refusal> {
  const shard = await readShard(base, await shardName(token.key, root));
  if (!(shard instanceof Uint8Array)) return shard;
  let record: KeyRecord | null;
  try {
    record = await openRecord(token.key, root.epoch, shard);
  } catch {
    return { reason: 'broken' };
  }
  if (!record) return { reason: 'unknown' };
  if ('notice' in record) {
    // No key is left to verify `root` with, so a host could replay an old notice under a new build number. But keys
    // that have verified a root of a later day show that the membership was renewed after that notice. (A member who
    // was removed and returns gets another token.)
    const isOver = record.notice === 'expired' && token.verified && record.date < token.verified.date;
    return isOver ? { reason: 'broken' } : { reason: record.notice, date: record.date };
  }
  const keys = await Promise.all(record.keys.map(importTierKeys));
  if (!(await verified(root, keys))) return { reason: 'broken' };
  const link = token.link ?? (token.raw && (await sealLink(token.raw, token.key)));
  return {
    access: { token: token.key, ...(link && { link }), keys, root: bytes },
    ...(token.raw && { raw: { token: token.raw, keys: record.keys, root: bytes } }),
  };
}

/** Names never change content, so caches may keep a wrong answer for ever: such a shard is fetched again past them. */
async function readShard(base: string, name: string): Promise<Bytes | Refusal> {
  for (const cache of ['default', 'reload'] as const) {
    const read = await download(base + objectAddress(name), cache);
    if (read instanceof Uint8Array ? toName(await digest(read)) === name : read.reason === 'offline')
      return read;
  }
  return { reason: 'broken' };
}

async function shardName(token: TokenKey, root: Root): Promise<string> {
  return root.keystore[await keyStoreShardOf(token, root.epoch, root.keystore.length)]!;
}

async function verified(root: Root, keys: Access['keys']): Promise<boolean> {
  const answers = await Promise.all(keys.map((key) => verifyRoot(root, key)));
  return keys.length > 0 && answers.every(Boolean);
}

async function download(url: string, cache: RequestCache): Promise<Bytes | Refusal> {
  // The web views of chat apps are too old for AbortSignal.timeout.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 20_000);
  try {
    const response = await fetch(url, { cache, signal: patience.signal });
    if (!response.ok) return { reason: response.status < 500 ? 'broken' : 'offline' };
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return { reason: 'offline' };
  } finally {
    clearTimeout(timer);
  }
}
