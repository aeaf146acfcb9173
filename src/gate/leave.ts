import { clearStorage } from '../storage.ts';
import { askGate } from './bridge.ts';
import { deleteStored } from './database.ts';
import { tellTabs } from './left.ts';
import { within } from './within.ts';

/** Milliseconds to wait for each step of a log out, so that one that hangs can't block it. */
const patience = 3000;

/**
 * Logs out: removes keys, caches, the worker, and everything that features of this site keep in the browser, because a
 * marked quote is members' text. A member with marks is asked first (`gate:leaving`).
 */
export async function leave(base: string): Promise<void> {
  // First lock the worker, so that one in the middle of a rotation writes nothing afterwards.
  await within(patience, askGate({ verb: 'lock' })).catch(() => undefined);
  clearStorage();
  // Again when this page goes: until then, what runs on it may store something, such as keepUp that it is done.
  addEventListener('pagehide', clearStorage);
  // Each step may fail by itself: a browser that refuses to store something also refuses to remove it. The keys go
  // first, before the steps that may be slow.
  for (const step of [deleteStored, settleCaches, deleteCaches, removeWorker])
    await within(patience, step(base)).catch(() => undefined);
  // Last, so that no tab finds keys that would open it again.
  tellTabs();
}

/** Waits for pending writes to the caches. */
async function settleCaches(): Promise<void> {
  await askGate({ verb: 'settle' });
}

/** Removes all caches of this site: sealed files, public media and search index, and the theme's files. */
export async function deleteCaches(base: string): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(`gate ${base} `));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function removeWorker(base: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(base);
  // Without a registration of this site, the browser returns that of a site at a parent path of the origin.
  if (registration?.scope === new URL(base, location.href).href) await registration.unregister();
}
