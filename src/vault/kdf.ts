import { type Bytes, concat, fields } from './bytes.ts';

const exportable = false;

/** Imports key material for HKDF-SHA-256 (RFC 5869). */
export function importSource(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', exportable, ['deriveBits', 'deriveKey']);
}

/** Imports a key for {@link mac}. */
export function importMacKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, exportable, ['sign']);
}

/** The HKDF info of a derivation: the label and the context, each prefixed with its length. */
export function infoOf(label: string, ...context: (string | Bytes)[]): Bytes {
  return fields(label, ...context);
}

/**
 * Derives `length` bytes by HKDF-SHA-256 without a salt; {@link infoOf} gives the info.
 *
 * @param label - starts with `jinghua v1`; each use has its own.
 */
export async function derive(
  source: CryptoKey,
  length: number,
  label: string,
  ...context: (string | Bytes)[]
): Promise<Bytes> {
  const info = infoOf(label, ...context);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, source, 8 * length));
}

/** Derives an AES-256-GCM key by HKDF-SHA-256; the raw key never reaches JavaScript. */
export function deriveCipher(
  source: CryptoKey,
  salt: Bytes,
  label: string,
  ...context: (string | Bytes)[]
): Promise<CryptoKey> {
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: infoOf(label, ...context) };
  return crypto.subtle.deriveKey(parameters, source, { name: 'AES-GCM', length: 256 }, exportable, [
    'encrypt',
    'decrypt',
  ]);
}

/** Derives a key for {@link mac} by HKDF-SHA-256. */
export async function deriveMacKey(
  source: CryptoKey,
  label: string,
  ...context: (string | Bytes)[]
): Promise<CryptoKey> {
  return importMacKey(await derive(source, 32, label, ...context));
}

/** HMAC-SHA-256 of the concatenated parts, 32 bytes. */
export async function mac(key: CryptoKey, ...parts: Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(...parts)));
}

/** SHA-256, 32 bytes. */
export async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
