/**
 * Preloaded into a build (`node --import`). Writes one line for each plaintext that AES-GCM encrypts: a digest of key
 * and nonce, then digests of plaintext and AAD. `RECORD_SEALS` is the folder; each process writes its own file.
 */
import crypto from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const lines: string[] = [];
const rawKeys = new WeakMap<CryptoKey, Uint8Array>();
const digest = (bytes: Uint8Array) => crypto.createHash('sha256').update(bytes).digest('base64');
const view = (bytes: BufferSource): Uint8Array =>
  ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);

function record(key: Uint8Array, iv: Uint8Array, plain: Uint8Array, additionalData: Uint8Array): void {
  lines.push(`${digest(Buffer.concat([key, iv]))} ${digest(plain)} ${digest(additionalData)}`);
}

const { subtle } = globalThis.crypto;
const deriveKey = subtle.deriveKey.bind(subtle);
const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
const encrypt = subtle.encrypt.bind(subtle);

// The keys can't be exported, so their bits are derived a second time.
subtle.deriveKey = async (...args: Parameters<typeof deriveKey>) => {
  const key = await deriveKey(...args);
  rawKeys.set(key, new Uint8Array(await subtle.deriveBits(args[0], args[1], 256)));
  return key;
};

subtle.importKey = async (...args: unknown[]) => {
  const key = await importKey(...args);
  if (args[0] === 'raw') rawKeys.set(key, view(args[1] as BufferSource).slice());
  return key;
};

subtle.encrypt = (algorithm, key, plain) => {
  const { iv, additionalData } = algorithm as AesGcmParams;
  const raw = rawKeys.get(key);
  if (!raw) throw new Error('a key that nobody has seen made');
  record(raw, view(iv), view(plain), view(additionalData!));
  return encrypt(algorithm, key, plain);
};

/** The part of a cipher that the project's code uses. */
interface Cipher {
  setAAD: (bytes: Uint8Array) => Cipher;
  update: (bytes: Uint8Array) => Buffer;
  final: () => Buffer;
}
type Create = (algorithm: string, key: crypto.KeyObject, iv: Uint8Array) => Cipher;

const create = crypto.createCipheriv as unknown as Create;
const recording: Create = (algorithm, key, iv) => {
  const cipher = create(algorithm, key, iv);
  const setAAD = cipher.setAAD.bind(cipher);
  const update = cipher.update.bind(cipher);
  const final = cipher.final.bind(cipher);
  let additionalData: Uint8Array = new Uint8Array();
  const plain: Uint8Array[] = [];
  cipher.setAAD = (bytes) => {
    additionalData = bytes.slice();
    return setAAD(bytes);
  };
  cipher.update = (bytes) => {
    plain.push(bytes.slice());
    return update(bytes);
  };
  cipher.final = () => {
    record(key.export(), iv, Buffer.concat(plain), additionalData);
    return final();
  };
  return cipher;
};
Object.assign(crypto, { createCipheriv: recording });
syncBuiltinESMExports();

process.on('exit', () => {
  const folder = process.env.RECORD_SEALS;
  if (folder === undefined || lines.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(process.pid)), `${lines.join('\n')}\n`);
});
