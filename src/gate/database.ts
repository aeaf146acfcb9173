// N.B. Shared: every door loads this module, so it imports no code for keys. It is hand-written because the smallest
// IndexedDB library is several times its size.

/** The two records: a member's access (`access`), or a membership that ended (`ended`). */
export type StoreKey = 'access' | 'ended';

/** Reads the value stored under a key; undefined when there is none. @throws when the browser refuses IndexedDB */
export async function readStored<T>(base: string, key: StoreKey): Promise<T | undefined> {
  if (!(await exists(base))) return undefined;
  let isNew = false;
  const database = await open(base, (opening) => {
    // Reading must not create a database, so its creation is aborted.
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

/** Deletes the whole database. */
export async function deleteStored(base: string): Promise<void> {
  await done(indexedDB.deleteDatabase(nameOf(base)));
}

/**
 * Whether the database may exist. Safari also lists one whose creation was aborted, and old browsers can't list any, so
 * true may be wrong.
 */
async function exists(base: string): Promise<boolean> {
  if (!('databases' in indexedDB)) return true;
  return (await indexedDB.databases()).some(({ name }) => name === nameOf(base));
}

const nameOf = (base: string) => `gate ${base}`;
/** The name of the only object store. */
export const objects = 'gate';

/** Opens a connection for one use: an open one would block the deletion when another tab logs out. */
export function open(base: string, create: (opening: IDBOpenDBRequest) => void): Promise<IDBDatabase> {
  const opening = indexedDB.open(nameOf(base));
  opening.onupgradeneeded = () => create(opening);
  return done(opening);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}
