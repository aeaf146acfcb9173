import { createCipheriv, createHmac, createSecretKey, hash, hkdfSync } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Primitives } from '../../src/vault/index.ts';

/**
 * The format's primitives by Node's own crypto, which is synchronous. Keys are passed as key objects: for raw bytes,
 * Node 24 takes longer to check their type than to use them.
 */
export const nodePrimitives: Primitives = {
  hkdf: (source, length, salt, info) =>
    new Uint8Array(hkdfSync('sha256', createSecretKey(source), salt, info, length)),
  hmac: (key, message) => new Uint8Array(createHmac('sha256', createSecretKey(key)).update(message).digest()),
  digest: (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer')),
  encrypt: (key, iv, additionalData, plain) => {
    const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(additionalData);
    const sealed = cipher.update(plain);
    cipher.final();
    const bytes = new Uint8Array(sealed.length + 16);
    bytes.set(sealed);
    bytes.set(cipher.getAuthTag(), sealed.length);
    return bytes;
  },
  // Compression is the slowest part of sealing, so it runs in Node's thread pool.
  compress: async (plain) => new Uint8Array(await promisify(deflate)(plain)),
};
