import type { Bytes } from './bytes.ts';
import { compress } from './compression.ts';
import { digest, importMacKey, importSource, mac } from './kdf.ts';

/**
 * The cryptography that sealing needs, over raw bytes. A page takes seven calls and a record five, and on inputs this
 * small the overhead of a WebCrypto call is many times the work itself, so a build may pass a synchronous library.
 * Opening always uses WebCrypto, whose keys scripts can use but not read.
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

/** The empty salt of a derivation without one. */
export const NO_SALT = new Uint8Array(0);

/** The primitives by WebCrypto, which Node, pages and the worker all have. */
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
