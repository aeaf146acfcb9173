/**
 * The logical path of an address: without base, query, fragment and `index.html`, and percent-decoded.
 * `https://x.org/repo/talks/a/index.html?from=chat` ⇒ `/talks/a/`
 * @returns null for an address of another origin or outside the base.
 */
export function logicalPath(address: URL, base: URL): string | null {
  if (address.origin !== base.origin || !address.pathname.startsWith(base.pathname)) return null;
  const path = '/' + address.pathname.slice(base.pathname.length);
  return decoded(path).replace(/\/index\.html$/, '/');
}

/** Whether the host serves the path as it is: root, sealed files, theme, worker, public search index. */
export function isPlain(path: string): boolean {
  return /^\/(?:root|sw\.js|o\/.*|a\/.*|pagefind\/public\/.*)$/.test(path);
}

/** Whether the path is a file of the theme: styles and scripts, whose names follow from their content. */
export function isTheme(path: string): boolean {
  return path.startsWith('/a/');
}

/** Whether the path is a picture, a recording or an attachment. */
export function isMedia(path: string): boolean {
  return path.startsWith('/media/');
}

/** Whether the path belongs to the public search index, which members search too. */
export function isPublicIndex(path: string): boolean {
  return path.startsWith('/pagefind/public/');
}

/** Whether the path is a page; only pages are ever answered as HTML. */
export function isPage(path: string): boolean {
  return path.endsWith('/') || path === '/404.html';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
