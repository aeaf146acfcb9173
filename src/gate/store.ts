// N.B. Shared: the page writes the access it unlocked, and the worker reads it whenever the browser restarts it.
import type { Bytes } from '../vault/bytes.ts';
import { importTierKeys, type ReaderKeys, type TierKeys } from '../vault/keys.ts';
import { importToken, type Token, type TokenKey } from '../vault/token.ts';
import { readStored, type StoreKey } from './database.ts';
import { replaceStored } from './replace-stored.ts';
import { within } from './within.ts';

/** What opens a build: keys, lowest tier first, and the `root` that they have verified. */
interface Build {
  keys: ReaderKeys[];
  root: Bytes;
}

/** A member's access: the token, the keys it unwrapped, lowest tier first, and the newest `root` they verified. */
export interface Access extends Build {
  token: TokenKey;
  /** The token's text sealed under a key derived from the token (./link.ts), for "my link". */
  link?: Bytes;
  /** The builds before, newest first: a page that is still open asks for its recordings and pictures. */
  former?: Build[];
}

/** The same access as raw bytes, for browsers that cannot store a CryptoKey. */
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
 * A membership that ended, according to a notice. Its keys are deleted but its token stays, because a notice is no
 * proof: its receiver has no key left to verify the notice's `root`. So a lying host takes nothing away for good, and a
 * member who renews gets in again without entering the token.
 */
export interface Ended {
  notice: Notice;
  /** The access without keys; its `root` is the newest that keys have verified. */
  held: Unwrapped;
}

type Stored = Access | { raw: RawAccess };

/** Milliseconds after which the database counts as refused: some versions of Safari never answer. */
const patience = 5000;
const read = <T>(base: string, key: StoreKey) => within(patience, readStored<T>(base, key));
const replace = (base: string, key: StoreKey, value: unknown) =>
  within(patience, replaceStored(base, key, value));

/**
 * Reads the stored access; undefined when there is none.
 *
 * @throws when the browser refuses IndexedDB or doesn't answer
 */
export async function readAccess(base: string): Promise<Unwrapped | undefined> {
  const stored = await read<Stored>(base, 'access');
  return stored && importStored(stored);
}

/**
 * Stores an access in place of the previous one. With `raw`, falls back to raw bytes when the browser can't store a
 * CryptoKey: some versions of iOS throw, and some return something else on reading.
 *
 * @param isWanted - asked before the raw bytes are stored, because the member may have logged out meanwhile
 * @throws when the browser refuses both or doesn't answer
 */
export async function writeAccess(
  base: string,
  { access, raw }: Unwrapped,
  isWanted = () => true,
): Promise<void> {
  const began = performance.now();
  try {
    await replace(base, 'access', access);
    const probe = (await readAccess(base))?.access;
    if (probe?.token.key instanceof CryptoKey && probe.keys.every((k) => k.content instanceof CryptoKey))
      return;
  } catch (cause) {
    // A database that doesn't answer now may do so later, and would then replace the keys by their bytes.
    if (!raw || performance.now() - began >= patience) throw cause;
  }
  if (!raw) throw new Error('stored keys do not come back');
  if (isWanted()) await replace(base, 'access', { raw });
}

/** Reads the membership that ended, if there is one. */
export async function readEnded(base: string): Promise<Ended | undefined> {
  const stored = await read<{ notice: Notice; held: Stored }>(base, 'ended');
  return stored && { notice: stored.notice, held: await importStored(stored.held) };
}

/** Replaces the stored access of a membership that ended with its notice. */
export async function writeEnded(base: string, notice: Notice, { access, raw }: Unwrapped): Promise<void> {
  const held: Stored = raw ? { raw: { ...raw, keys: [] } } : { ...access, keys: [], former: [] };
  await replace(base, 'ended', { notice, held });
}

async function importStored(stored: Stored): Promise<Unwrapped> {
  if (!('raw' in stored)) return { access: stored };
  const { token, keys, root } = stored.raw;
  const [key, ...imported] = await Promise.all([importToken(token), ...keys.map(importTierKeys)]);
  return { access: { token: key, keys: imported, root }, raw: stored.raw };
}
