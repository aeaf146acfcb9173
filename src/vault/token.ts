import { type Bytes, toHex, uint } from './bytes.ts';
import { importSource, infoOf } from './kdf.ts';
import { NO_SALT, webPrimitives } from './primitives.ts';
import { siteTagOf } from './secret.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 32;
const TOKEN_BITS = 128n;
const CHECK_BITS = 22n;
// The largest prime below 2^22. One wrong character, or two swapped ones, change the number by d·32^n with |d| < 1024
// or by d·(32^n − 32^m). The prime divides none of these, so such a slip is always detected, not just with high odds.
const CHECK_PRIME = 4194301n;

export interface Token {
  /** Ten bits; compare with `Root.siteTag`. */
  siteTag: number;
  /** The 128 bits that open a record. */
  bits: Bytes;
  /** The canonical spelling: lower case, in groups of four. */
  text: string;
}

/** The part of a token that a browser keeps: IndexedDB can store the key, and scripts can't read its bytes. */
export interface TokenKey {
  siteTag: number;
  key: CryptoKey;
}

/**
 * Issues the token of a member: always the same for the same secret, id and serial.
 *
 * @throws RangeError when the serial is no whole number from 1 to 2³²−1.
 */
export async function issueToken(secret: Bytes, id: string, serial: number): Promise<string> {
  const bits = await webPrimitives.hkdf(secret, 16, NO_SALT, tokenInfo(id, serial));
  return format(await siteTagOf(secret), bits);
}

/** The HKDF info from which, with the secret, the 128 bits of a member's token are derived. */
export function tokenInfo(id: string, serial: number): Bytes {
  if (serial < 1) throw new RangeError(`${serial} is no serial: they count from 1`);
  return infoOf('jinghua v1 token', id, uint(serial, 4));
}

/**
 * Parses a token as people type and paste it: upper or lower case, full-width letters, spaces and dashes anywhere,
 * with or without `kb_`, O for 0, I and L for 1.
 *
 * @returns null when it is mistyped.
 */
export function parseToken(text: string): Token | null {
  const characters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Dash}\p{Format}_]/gu, '')
    .replace(new RegExp(`^kb(?=.{${CHARACTERS}}$)`), '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  if (characters.length !== CHARACTERS) return null;

  let all = 0n;
  for (const character of characters) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    all = all * 32n + BigInt(digit);
  }
  const number = all >> CHECK_BITS;
  if (number % CHECK_PRIME !== BigInt.asUintN(Number(CHECK_BITS), all)) return null;

  const bits = new Uint8Array(16);
  let rest = number;
  for (let i = 15; i >= 0; i--) {
    bits[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  const siteTag = Number(rest);
  return { siteTag, bits, text: format(siteTag, bits) };
}

/** Imports the token as a non-extractable key. */
export async function importToken(token: Token): Promise<TokenKey> {
  return { siteTag: token.siteTag, key: await importSource(token.bits) };
}

function format(siteTag: number, bits: Bytes): string {
  const number = (BigInt(siteTag) << TOKEN_BITS) | BigInt(`0x${toHex(bits)}`);
  let rest = (number << CHECK_BITS) | (number % CHECK_PRIME);
  let characters = '';
  for (let i = 0; i < CHARACTERS; i++) {
    characters = ALPHABET.charAt(Number(rest & 31n)) + characters;
    rest >>= 5n;
  }
  return `kb_${characters.match(/.{4}/g)!.join('-')}`;
}
