// N.B. Shared: the page writes what it unlocked, the worker reads it whenever the browser has restarted it.
import type { Bytes } from '../vault/bytes.ts';
import { importTierKeys, type ReaderKeys, type TierKeys } from '../vault/keys.ts';
import { importToken, type Token, type TokenKey } from '../vault/token.ts';
import { readStored, replaceStored } from './database.ts';

/** What opens the site: the token, the keys it unwrapped, lowest tier first, and the newest `root` they verified. */
export interface Access {
  token: TokenKey;
  /** The token's text sealed under a key of its own (./link.ts), for "my link". */
  link?: Bytes;
  keys: ReaderKeys[];
  root: Bytes;
}

/** The same as bytes, for browsers that cannot store a CryptoKey. */
export interface RawAccess {
  token: Token;
  keys: TierKeys[];
  root: Bytes;
}

/** An access just unwrapped, with the raw keys that a browser may need to store. */
export interface Unwrapped {
  access: Access;
  raw?: RawAccess;
}

/** Why a stored membership ended, and on which day (YYYY-MM-DD). */
export interface Notice {
  reason: 'removed' | 'expired';
  date: string;
}

/**
 * A membership that ended, as told by a notice. Its keys are gone and its token stays: a notice is not proof, because
 * whoever it is for has no key left that would verify its `root`. So a host that lies takes nothing away, and whoever
 * renews is in again without being asked.
 */
export interface Ended {
  notice: Notice;
  /** Without keys; its `root` is the newest that keys have verified. */
  held: Unwrapped;
}

type Stored = Access | { raw: RawAccess };

/** Reads what is stored, or undefined where nothing is. Throws where the browser refuses IndexedDB. */
export async function readAccess(base: string): Promise<Unwrapped | undefined> {
  const stored = await readStored<Stored>(base, 'access');
  return stored && importStored(stored);
}

/**
 * Stores an access in place of what was there. With `raw`, falls back to raw bytes where the browser takes a
 * CryptoKey badly: some versions of iOS throw, some give back something else.
 * Throws where the browser refuses both.
 *
 * @param isWanted - asked before the bytes are stored: since the keys were refused somebody may have logged out
 */
export async function writeAccess(
  base: string,
  { access, raw }: Unwrapped,
  isWanted = () => true,
): Promise<void> {
  try {
    await replaceStored(base, 'access', access);
    const probe = (await readAccess(base))?.access;
    if (probe?.token.key instanceof CryptoKey && probe.keys.every((k) => k.content instanceof CryptoKey))
      return;
  } catch (cause) {
    if (!raw) throw cause;
  }
  if (!raw) throw new Error('stored keys do not come back');
  if (isWanted()) await replaceStored(base, 'access', { raw });
}

/** The membership that ended, if one did. */
export async function readEnded(base: string): Promise<Ended | undefined> {
  const stored = await readStored<{ notice: Notice; held: Stored }>(base, 'ended');
  return stored && { notice: stored.notice, held: await importStored(stored.held) };
}

/** Replaces a membership that ended with the notice of it. */
export async function writeEnded(base: string, notice: Notice, { access, raw }: Unwrapped): Promise<void> {
  const held: Stored = raw ? { raw: { ...raw, keys: [] } } : { ...access, keys: [] };
  await replaceStored(base, 'ended', { notice, held });
}

async function importStored(stored: Stored): Promise<Unwrapped> {
  if (!('raw' in stored)) return { access: stored };
  const { token, keys, root } = stored.raw;
  const [key, ...imported] = await Promise.all([importToken(token), ...keys.map(importTierKeys)]);
  return { access: { token: key, keys: imported, root }, raw: stored.raw };
}
