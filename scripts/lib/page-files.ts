/** Returns the file of a page: `/talks/x/` ⇒ `talks/x/index.html`. Hosts look for 404.html by that name. */
export function pageFile(address: string): string {
  if (address === '/404/') return '404.html';
  return `${address.slice(1)}${address.endsWith('/') ? 'index.html' : ''}`;
}

/** Returns the logical path of a page's file: `talks/x/index.html` ⇒ `/talks/x/`. */
export function logicalPath(file: string): string {
  return `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
}

/** Whether a file of a site is a page. */
export function isPage(file: string): boolean {
  return file.endsWith('.html');
}

/** Whether the file is a page that may show an entry; the search index is made of those. */
export function hasEntry(file: string): boolean {
  return file.endsWith('/index.html');
}
