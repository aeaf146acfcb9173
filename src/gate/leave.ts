import { askWorker, setWorkerless } from './bridge.ts';
import { deleteStore } from './store.ts';
import { forgetVisit } from './visit.ts';

/** What else holds keys and writes files: a page that was opened in place locks itself. */
export const locks = new Set<() => Promise<void>>();

/**
 * Logs out: leaves no keys, no caches and no worker of this site in the browser, and nothing of what was searched or
 * marked: a quote that was marked is members' text. Whoever has marks is asked first (`gate:leaving`).
 */
export async function leave(base: string): Promise<void> {
  // First, so that a worker in the middle of a rotation writes nothing afterwards.
  await askWorker({ verb: 'lock' }).catch(() => undefined);
  await Promise.all(Array.from(locks, (lock) => lock()));
  forgetVisit(base);
  setWorkerless(false);
  // Each by itself: what a browser refuses to keep it refuses to remove.
  for (const remove of [deleteSearches, deleteMarks, deleteStore, deleteCaches, removeWorker])
    await remove(base).catch(() => undefined);
}

async function deleteCaches(base: string): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(`gate ${base} `));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function removeWorker(base: string): Promise<void> {
  await (await navigator.serviceWorker.getRegistration(base))?.unregister();
}

// What src/search/recent.ts keeps.
async function deleteSearches(): Promise<void> {
  await Promise.resolve();
  localStorage.removeItem('recent-searches');
}

// What src/mine/store.ts keeps.
async function deleteMarks(base: string): Promise<void> {
  await Promise.resolve();
  localStorage.removeItem(`mine ${base}`);
}
