// N.B. Shared: every door carries these lines, so they know nothing of keys. By hand and not with a library, because
// the smallest one is several times their size.

/** Someone is in (`access`), or was (`ended`). */
export type StoreKey = 'access' | 'ended';

/** Reads what is stored under a key, or undefined where nothing is. Throws where the browser refuses IndexedDB. */
export async function readStored<T>(base: string, key: StoreKey): Promise<T | undefined> {
  if (!(await exists(base))) return undefined;
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

/** Stores a value under one key and nothing under the other. Throws where the browser refuses the value or to store. */
export async function replaceStored(base: string, key: StoreKey, value: unknown): Promise<void> {
  const database = await open(base, (opening) => opening.result.createObjectStore(objects));
  try {
    const transaction = database.transaction(objects, 'readwrite');
    const store = transaction.objectStore(objects);
    // Putting may throw, and must then have deleted nothing.
    store.put(value, key);
    store.delete(key === 'access' ? 'ended' : 'access');
    // A write counts when the transaction has committed: a full disk shows only then.
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  } finally {
    database.close();
  }
}

/** Leaves no store behind. */
export async function deleteStored(base: string): Promise<void> {
  await done(indexedDB.deleteDatabase(nameOf(base)));
}

/** Safari goes on listing a store whose creation was aborted; old browsers list none. */
async function exists(base: string): Promise<boolean> {
  if (!('databases' in indexedDB)) return true;
  return (await indexedDB.databases()).some(({ name }) => name === nameOf(base));
}

const nameOf = (base: string) => `gate ${base}`;
const objects = 'gate';

/** Opened for each use: a connection left open would hold up another tab's log out. */
function open(base: string, create: (opening: IDBOpenDBRequest) => void): Promise<IDBDatabase> {
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
