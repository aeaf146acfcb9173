/**
 * What of the Storage Standard (https://storage.spec.whatwg.org/) this browser has. Safari before 17, and with it every
 * browser of older iPhones, and WebKitGTK lack parts of it, or all.
 */
const manager = navigator.storage as Partial<StorageManager> | undefined;

/** How many bytes the site takes on this device; undefined where the browser can't tell. */
export async function usedBytes(): Promise<number | undefined> {
  const estimate = await manager?.estimate?.().catch(() => undefined);
  return estimate?.usage;
}

/** Whether the browser has promised to keep what the site stores, also when room gets short. */
export async function isPersisted(): Promise<boolean> {
  return (await manager?.persisted?.().catch(() => false)) ?? false;
}

/** Asks the browser for that promise, which it gives or not without a word. */
export async function askToPersist(): Promise<void> {
  await manager?.persist?.().catch(() => undefined);
}
