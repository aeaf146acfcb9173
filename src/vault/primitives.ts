import type { Bytes } from './bytes.ts';
import { importMacKey, importSource, mac } from './kdf.ts';

/**
 * The format's primitives over raw bytes, for sealing records by the hundred thousand: there, a call of WebCrypto costs
 * many times what it works. A build may bring a library that answers at once.
 */
export interface Primitives {
  /** HKDF-SHA-256 (RFC 5869). */
  hkdf: (source: Bytes, length: number, salt: Bytes, info: Bytes) => Bytes | Promise<Bytes>;
  /** HMAC-SHA-256. */
  hmac: (key: Bytes, message: Bytes) => Bytes | Promise<Bytes>;
  /** AES-256-GCM: the ciphertext followed by a tag of 16 bytes. */
  encrypt: (key: Bytes, iv: Bytes, additionalData: Bytes, plain: Bytes) => Bytes | Promise<Bytes>;
}

export const webPrimitives: Primitives = {
  hkdf: async (source, length, salt, info) => {
    const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, await importSource(source), 8 * length));
  },
  hmac: async (key, message) => mac(await importMacKey(key), message),
  encrypt: async (key, iv, additionalData, plain) => {
    const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    return new Uint8Array(
      await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, cipher, plain),
    );
  },
};
