import { objects, open, type StoreKey } from './database.ts';

// Apart from ./database.ts, which every door loads: a door only looks what is stored.

/** Stores a value under one key and deletes the other. @throws when the browser refuses the value or IndexedDB */
export async function replaceStored(base: string, key: StoreKey, value: unknown): Promise<void> {
  const database = await open(base, (opening) => opening.result.createObjectStore(objects));
  try {
    const transaction = database.transaction(objects, 'readwrite');
    const store = transaction.objectStore(objects);
    // Put first: it may throw, and then nothing must have been deleted.
    store.put(value, key);
    store.delete(key === 'access' ? 'ended' : 'access');
    // Wait for the commit: a full disk fails only then.
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  } finally {
    database.close();
  }
}
