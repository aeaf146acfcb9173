const opened = new Map<string, Promise<unknown>>();
const limit = 256;

/**
 * Remembers the last few hundred small things opened (table shards, media heads), so that a page of many images or
 * a long listen opens each once. Failures are not remembered.
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

/** Forgets all of it, as on log out. */
export function forgetOpened(): void {
  opened.clear();
}
