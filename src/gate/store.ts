// N.B. Shared: the page writes what it unlocked, the worker reads it whenever the browser has restarted it.
import type { Bytes } from '../vault/bytes.ts';
import { importTierKeys, type ReaderKeys, type TierKeys } from '../vault/keys.ts';
import { importToken, type Token, type TokenKey } from '../vault/token.ts';

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

type Stored = Access | { raw: RawAccess };

/** Reads what is stored, or undefined where nothing is. Throws where the browser refuses IndexedDB. */
export async function readAccess(base: string): Promise<{ access: Access; raw?: RawAccess } | undefined> {
  const stored = await read<Stored>(base, 'access');
  if (!stored) return undefined;
  if (!('raw' in stored)) return { access: stored };
  return { access: await importAccess(stored.raw), raw: stored.raw };
}

/**
 * Stores an access in place of what was there. With `raw`, falls back to raw bytes where the browser takes a
 * CryptoKey badly: some versions of iOS throw, some give back something else.
 * Throws where the browser refuses both.
 */
export async function writeAccess(base: string, access: Access, raw?: RawAccess): Promise<void> {
  try {
    await replace(base, 'access', access);
    const probe = (await readAccess(base))?.access;
    if (probe?.token.key instanceof CryptoKey && probe.keys.every((k) => k.content instanceof CryptoKey))
      return;
  } catch (cause) {
    if (!raw) throw cause;
  }
  if (!raw) throw new Error('stored keys do not come back');
  await replace(base, 'access', { raw });
}

/** Why the last membership ended, if it did. */
export function readNotice(base: string): Promise<Notice | undefined> {
  return read(base, 'notice');
}

/** Replaces a membership that ended with the notice of it. */
export async function writeNotice(base: string, notice: Notice): Promise<void> {
  await replace(base, 'notice', notice);
}

/** Leaves no store behind. */
export async function deleteStore(base: string): Promise<void> {
  await done(indexedDB.deleteDatabase(storeName(base)));
}

async function importAccess(raw: RawAccess): Promise<Access> {
  const [token, ...keys] = await Promise.all([importToken(raw.token), ...raw.keys.map(importTierKeys)]);
  return { token, keys, root: raw.root };
}

const storeName = (base: string) => `gate ${base}`;
const objects = 'gate';

async function read<T>(base: string, key: 'access' | 'notice'): Promise<T | undefined> {
  let isNew = false;
  const database = await open(base, (opening) => {
    // Looking must leave nothing behind: an aborted creation is none.
    isNew = true;
    opening.transaction!.abort();
  }).catch((error: unknown) => {
    if (!isNew) throw error;
  });
  if (!database) return undefined;
  try {
    return await done(
      database.transaction(objects).objectStore(objects).get(key) as IDBRequest<T | undefined>,
    );
  } finally {
    database.close();
  }
}

// Someone is in, or was, or neither: the one takes the other's place.
async function replace(base: string, key: 'access' | 'notice', value: Stored | Notice): Promise<void> {
  const database = await open(base, (opening) => opening.result.createObjectStore(objects));
  try {
    const transaction = database.transaction(objects, 'readwrite');
    const store = transaction.objectStore(objects);
    // Putting may throw, and must then have deleted nothing.
    store.put(value, key);
    store.delete(key === 'access' ? 'notice' : 'access');
    // A write counts when the transaction has committed: a full disk shows only then.
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error('transaction aborted'));
    });
  } finally {
    database.close();
  }
}

/**
 * Opened for each use: a connection left open would hold up another tab's log out. By hand and not with a library,
 * because each door carries these lines and the smallest library is several times their size.
 */
function open(base: string, create: (opening: IDBOpenDBRequest) => void): Promise<IDBDatabase> {
  const opening = indexedDB.open(storeName(base));
  opening.onupgradeneeded = () => create(opening);
  return done(opening);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('request failed'));
  });
}
