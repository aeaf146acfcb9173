/**
 * This browser's implementation of the Storage Standard (https://storage.spec.whatwg.org/). Safari before 17, hence
 * every browser on older iPhones, and WebKitGTK lack parts or all of it.
 */
const manager = navigator.storage as Partial<StorageManager> | undefined;

/** The bytes that the site uses on this device; undefined when the browser can't tell. */
export async function usedBytes(): Promise<number | undefined> {
  const estimate = await manager?.estimate?.().catch(() => undefined);
  return estimate?.usage;
}

/** Whether the browser has promised not to evict the site's storage when space runs low. */
export async function isPersisted(): Promise<boolean> {
  return (await manager?.persisted?.().catch(() => false)) ?? false;
}

/** Asks the browser not to evict the site's storage. Most grant or refuse this without asking the reader. */
export async function askToPersist(): Promise<void> {
  await manager?.persist?.().catch(() => undefined);
}
