import { compare, fromUtf8, utf8, type Bytes } from '../vault/bytes.ts';
import { derive, deriveCipher } from '../vault/kdf.ts';
import type { Token, TokenKey } from '../vault/token.ts';

/**
 * Seals a token's text under a key derived from the token itself. The browser stores the token as a non-extractable
 * key, so no token can be copied from the disk, and yet a page of this site can show members their own link. A script
 * injected into this site could read it too, as it could read every page; the content security policy is there to
 * prevent that.
 */
export async function sealLink({ text }: Token, key: TokenKey): Promise<Bytes> {
  const sealed = await crypto.subtle.encrypt(algorithm, await cipherOf(key), utf8(text));
  return new Uint8Array(sealed);
}

/**
 * Opens the text that {@link sealLink} sealed.
 * @throws Error when it was sealed with another token
 */
export async function openLink(sealed: Bytes, key: TokenKey): Promise<string> {
  return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(algorithm, await cipherOf(key), sealed)));
}

/** Whether two keys belong to the same token. */
export async function isSameToken(a: TokenKey, b: TokenKey): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map(({ key }) => derive(key, 16, 'jinghua v1 same token')));
  return a.siteTag === b.siteTag && compare(one!, other!) === 0;
}

// A key seals only one text, so a constant nonce is safe.
const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };

function cipherOf({ key }: TokenKey): Promise<CryptoKey> {
  return deriveCipher(key, new Uint8Array(), 'jinghua v1 own link');
}
