import { createCipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Primitives } from '../../src/vault/index.ts';

/**
 * The format's primitives by Node's own library, which answers at once: some eight times faster on small pieces. Keys go
 * in as key objects, because Node 24 takes longer to see that bytes are none than to use them.
 */
export const nodePrimitives: Primitives = {
  hkdf: (source, length, salt, info) =>
    new Uint8Array(hkdfSync('sha256', createSecretKey(source), salt, info, length)),
  hmac: (key, message) => new Uint8Array(createHmac('sha256', createSecretKey(key)).update(message).digest()),
  encrypt: (key, iv, additionalData, plain) => {
    const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(additionalData);
    return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  },
};
