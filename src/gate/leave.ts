import { askWorker } from './bridge.ts';
import { deleteStore } from './store.ts';

/** Logs out: leaves no keys, no caches and no worker of this site in the browser. */
export async function leave(base: string): Promise<void> {
  // First, so that a worker in the middle of a rotation writes nothing afterwards.
  await askWorker({ verb: 'lock' }).catch(() => undefined);
  await deleteStore(base);
  const names = (await caches.keys()).filter((name) => name.startsWith(`gate ${base} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  await (await navigator.serviceWorker.getRegistration(base))?.unregister();
}
