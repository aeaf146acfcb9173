import type { Bytes } from './bytes.ts';
import { compress } from './compression.ts';
import { digest, importMacKey, importSource, mac } from './kdf.ts';

/**
 * What sealing is made of, over raw bytes: a page takes seven calls, a record five, and a call of WebCrypto costs many
 * times what it works on so little. A build may bring a library that answers at once. (Opening is WebCrypto's alone: there
 * keys can be used and not be read.)
 */
export interface Primitives {
  /** HKDF-SHA-256 (RFC 5869). */
  hkdf: (source: Bytes, length: number, salt: Bytes, info: Bytes) => Bytes | Promise<Bytes>;
  /** HMAC-SHA-256. */
  hmac: (key: Bytes, message: Bytes) => Bytes | Promise<Bytes>;
  /** SHA-256. */
  digest: (bytes: Bytes) => Bytes | Promise<Bytes>;
  /** AES-256-GCM: the ciphertext followed by a tag of 16 bytes. */
  encrypt: (key: Bytes, iv: Bytes, additionalData: Bytes, plain: Bytes) => Bytes | Promise<Bytes>;
  /** zlib's format (RFC 1950). */
  compress: (plain: Bytes) => Promise<Bytes>;
}

/** The salt of a derivation that has none. */
export const NO_SALT = new Uint8Array(0);

/** WebCrypto, which every place where this runs has. */
export const webPrimitives: Primitives = {
  hkdf: async (source, length, salt, info) => {
    const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, await importSource(source), 8 * length));
  },
  hmac: async (key, message) => mac(await importMacKey(key), message),
  digest,
  encrypt: async (key, iv, additionalData, plain) => {
    const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    return new Uint8Array(
      await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, cipher, plain),
    );
  },
  compress,
};
