import { fromUtf8, utf8, type Bytes } from '../vault/bytes.ts';
import { derive, deriveCipher } from '../vault/kdf.ts';
import type { Token, TokenKey } from '../vault/token.ts';

/**
 * Seals a token's text under a key that only the token itself gives. The browser keeps the token as a key that can't be
 * read, so what lies on the disk holds no token that could be copied; a page of this site can still show the member
 * their own link. Script of this site could too, as it could read all the pages: that is what the policy is there for.
 */
export async function sealLink({ text }: Token, key: TokenKey): Promise<Bytes> {
  const sealed = await crypto.subtle.encrypt(algorithm, await cipherOf(key), utf8(text));
  return new Uint8Array(sealed);
}

/**
 * The text that {@link sealLink} sealed.
 * @throws Error where another token sealed it
 */
export async function openLink(sealed: Bytes, key: TokenKey): Promise<string> {
  return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(algorithm, await cipherOf(key), sealed)));
}

/** Whether two keys are of one token. */
export async function isSameToken(a: TokenKey, b: TokenKey): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map(({ key }) => derive(key, 16, 'jinghua v1 same token')));
  return a.siteTag === b.siteTag && one!.every((byte, i) => byte === other![i]);
}

// One key seals one text only, so its nonce may be any.
const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };

function cipherOf({ key }: TokenKey): Promise<CryptoKey> {
  return deriveCipher(key, new Uint8Array(), 'jinghua v1 own link');
}
