// N.B. Shared: the page writes what it unlocked, the worker reads it whenever the browser has restarted it.
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import {
  importTierKeys,
  importToken,
  type Bytes,
  type ReaderKeys,
  type TierKeys,
  type Token,
  type TokenKey,
} from '../vault/index.ts';

/** What opens the site: the token, the keys it unwrapped, lowest tier first, and the newest `root` they verified. */
export interface Access {
  token: TokenKey;
  keys: ReaderKeys[];
  root: Bytes;
}

/** The same as bytes, for browsers that cannot store a CryptoKey. */
export interface RawAccess {
  token: Token;
  keys: TierKeys[];
  root: Bytes;
}

/** Why a stored membership ended, and on which day (YYYY-MM-DD). */
export interface Notice {
  reason: 'removed' | 'expired';
  date: string;
}

interface Schema extends DBSchema {
  gate: { key: 'access' | 'notice'; value: Access | { raw: RawAccess } | Notice };
}

/** Reads what is stored, or undefined where nothing is. Throws where the browser refuses IndexedDB. */
export async function readAccess(base: string): Promise<{ access: Access; raw?: RawAccess } | undefined> {
  const stored = await withStore(base, (store) => store.get('gate', 'access'));
  if (stored === undefined || 'reason' in stored) return undefined;
  if (!('raw' in stored)) return { access: stored };
  return { access: await importAccess(stored.raw), raw: stored.raw };
}

/**
 * Stores an access, and forgets a notice of before. With `raw`, falls back to raw bytes where the browser takes a
 * CryptoKey badly: some versions of iOS throw, some give back something else.
 * Throws where the browser refuses both.
 */
export async function writeAccess(base: string, access: Access, raw?: RawAccess): Promise<void> {
  await withStore(base, async (store) => {
    await store.delete('gate', 'notice');
    try {
      await store.put('gate', access, 'access');
      const probe = (await store.get('gate', 'access')) as Access | undefined;
      if (probe?.token.key instanceof CryptoKey && probe.keys.every((k) => k.content instanceof CryptoKey))
        return;
    } catch (cause) {
      if (!raw) throw cause;
    }
    if (!raw) throw new Error('stored keys do not come back');
    await store.put('gate', { raw }, 'access');
  });
}

/** Imports raw keys as non-extractable ones. */
export async function importAccess(raw: RawAccess): Promise<Access> {
  const [token, ...keys] = await Promise.all([importToken(raw.token), ...raw.keys.map(importTierKeys)]);
  return { token, keys, root: raw.root };
}

/** Why the last membership ended, if it did. */
export async function readNotice(base: string): Promise<Notice | undefined> {
  return (await withStore(base, (store) => store.get('gate', 'notice'))) as Notice | undefined;
}

/** Replaces a membership that ended with the notice of it. */
export async function writeNotice(base: string, notice: Notice): Promise<void> {
  await withStore(base, async (store) => {
    await store.delete('gate', 'access');
    await store.put('gate', notice, 'notice');
  });
}

/** Leaves no store behind. */
export async function deleteStore(base: string): Promise<void> {
  await deleteDB(storeName(base));
}

const storeName = (base: string) => `gate ${base}`;

// Opened for each use: a connection left open would hold up another tab's log out.
async function withStore<T>(base: string, use: (store: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const store = await openDB<Schema>(storeName(base), 1, {
    upgrade: (created) => void created.createObjectStore('gate'),
  });
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
