import { forbiddenCharacter } from './characters.ts';

/** What kind of address a writer wrote. Anything that could run, or that hides where it goes, is `unsafe`. */
export type AddressKind = 'web' | 'mail' | 'page' | 'file' | 'fragment' | 'unsafe';

/**
 * Sorts an address as a browser would read it: browsers drop tabs and line breaks, trim control characters and read a
 * backslash as a slash, and take `https:x` for a file beside a page that came by https. All of that is `unsafe` here
 * rather than repaired.
 */
export function kindOfAddress(address: string): AddressKind {
  // eslint-disable-next-line no-control-regex -- exactly what browsers drop or trim
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(address) || address.startsWith('//')) return 'unsafe';
  // Written as `&#x202e;` it stands in no source, and turns about what a reader is shown of the address.
  if (forbiddenCharacter(address)) return 'unsafe';
  if (address.startsWith('#')) return 'fragment';
  if (address.startsWith('/')) return 'page';
  const scheme = /^([^/?#]*?):/.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'file';
  if (scheme === 'mailto') return 'mail';
  if (/^https?:\/\//i.test(address) && URL.canParse(address)) return 'web';
  return 'unsafe';
}
