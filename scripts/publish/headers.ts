const forEver = 'public, max-age=31536000, immutable';

/** Cache-Control by path; a folder ends with `/`. Files with unique names are cached for ever. */
export const caching: Record<string, string> = {
  'o/': forEver,
  'a/': forEver,
  'media/': forEver,
  root: 'no-store',
};

/** Cache-Control for all other files: cached, but revalidated each time. */
export const usualCaching = 'no-cache';

/** Returns the Cache-Control of a published file. */
export function cachingOf(path: string): string {
  const [folder] = /^[^/]+\//.exec(path) ?? [];
  return caching[folder ?? path] ?? usualCaching;
}
