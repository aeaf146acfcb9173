const opened = new Map<string, Promise<unknown>>();
const limit = 256;

/**
 * Memoizes small opened files (table shards, media heads) by key, up to a limit, so that a page with many images or a
 * long recording opens each only once. Failures are not remembered.
 */
export function openOnce<T>(key: string, open: () => Promise<T>): Promise<T> {
  const known = opened.get(key);
  if (known) return known as Promise<T>;
  const opening = open();
  opened.set(key, opening);
  opening.catch(() => opened.delete(key));
  if (opened.size > limit) opened.delete(opened.keys().next().value!);
  return opening;
}

/** Forgets all opened files, as on log out. */
export function forgetOpened(): void {
  opened.clear();
}
