import { type Bytes, fromHex } from './bytes.ts';
import { derive, importSource } from './kdf.ts';

/**
 * Parses the site's secret: 32 bytes in base64url (43 characters) or hex (64 digits).
 *
 * @throws RangeError for anything else. The message never quotes the text.
 */
export function parseSecret(text: string): Bytes {
  if (/^[0-9a-f]{64}$/i.test(text)) return fromHex(text.toLowerCase(), 32);
  // The last character carries four bits; its two unused bits must be zero, or two texts would give the same secret.
  if (/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(text)) {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }
  throw new RangeError('a secret is 32 bytes in base64url (43 characters) or hex (64 digits)');
}

/** The site tag: ten bits that distinguish the tokens of one site from those of another. */
export async function siteTagOf(secret: Bytes): Promise<number> {
  const [high, low] = await derive(await importSource(secret), 2, 'jinghua v1 site tag');
  return (high! * 256 + low!) >> 6;
}
