import { forbiddenCharacter } from './characters.ts';

/** The kind of an address in a source. Anything that could run, or that hides where it goes, is `unsafe`. */
export type AddressKind = 'web' | 'mail' | 'page' | 'file' | 'fragment' | 'unsafe';

/**
 * Classifies an address the way browsers parse it: they drop tabs and line breaks, trim control characters, read a
 * backslash as a slash, and on an https page take `https:x` as a relative path. All of these are `unsafe` here rather
 * than repaired.
 */
export function kindOfAddress(address: string): AddressKind {
  // eslint-disable-next-line no-control-regex -- exactly what browsers drop or trim
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(address) || address.startsWith('//')) return 'unsafe';
  // As a character reference, `&#x202e;`, it isn't visible in the source, and changes how the address is displayed.
  if (forbiddenCharacter(address)) return 'unsafe';
  if (address.startsWith('#')) return 'fragment';
  if (address.startsWith('/')) return 'page';
  const scheme = /^([^/?#]*?):/.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'file';
  if (scheme === 'mailto') return 'mail';
  if (/^https?:\/\//i.test(address) && URL.canParse(address)) return 'web';
  return 'unsafe';
}
