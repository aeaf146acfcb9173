import { clearStorage } from '../storage.ts';
import { askGate, within } from './bridge.ts';
import { deleteStored } from './database.ts';
import { tellTabs } from './left.ts';

/** Milliseconds. What does not answer for so long keeps nobody from leaving. */
const patience = 3000;

/**
 * Logs out: leaves no keys, no caches, no worker, and nothing that a feature of this site keeps in the browser: a quote
 * that was marked is members' text. Whoever has marks is asked first (`gate:leaving`).
 */
export async function leave(base: string): Promise<void> {
  // First, so that a worker in the middle of a rotation writes nothing afterwards.
  await within(patience, askGate({ verb: 'lock' })).catch(() => undefined);
  clearStorage();
  // Each by itself: what a browser refuses to keep it refuses to remove. The keys before all that may take its time.
  for (const step of [deleteStored, settleCaches, deleteCaches, removeWorker])
    await within(patience, step(base)).catch(() => undefined);
  // Last, so that none of them finds keys which open it again.
  tellTabs();
}

/** Waits for what is on its way into the caches. */
async function settleCaches(): Promise<void> {
  await askGate({ verb: 'settle' });
}

/** Removes everything that was kept to be opened again, all of it ciphertext and the theme's own files. */
export async function deleteCaches(base: string): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(`gate ${base} `));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function removeWorker(base: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(base);
  // Where this site has none, the browser gives that of one which stands above it on the same origin.
  if (registration?.scope === new URL(base, location.href).href) await registration.unregister();
}
