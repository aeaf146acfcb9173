import { createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';

export const EMPTY = Buffer.alloc(0);

/** Where a sealed piece stands: what its nonce and its additional data are made of. */
export interface Place {
  kind: number;
  index: number;
  last: boolean;
  clear: Buffer;
  path: string;
}

/** Opens one sealed piece with its tag behind it. @throws Error when it is not what was sealed there */
export function decrypt(key: Buffer, { kind, index, last, clear, path }: Place, sealed: Buffer): Buffer {
  expect(sealed.length >= 16, 'a sealed piece has a tag');
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(kind, 0);
  nonce.writeUInt32BE(index, 8);
  const cipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([Buffer.of(kind, last ? 1 : 0), u32(index), clear, Buffer.from(path)]));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

/** HKDF-SHA-256 (RFC 5869) whose info is these parts, each behind its length. */
export function hkdf(
  source: Uint8Array,
  size: number,
  info: (string | Buffer)[],
  salt: Uint8Array = EMPTY,
): Buffer {
  return Buffer.from(hkdfSync('sha256', createSecretKey(source), salt, lengthPrefixed(info), size));
}

/** HMAC-SHA-256 of the parts one after another. */
export function hmac(key: Buffer, parts: Buffer[]): Buffer {
  return createHmac('sha256', createSecretKey(key)).update(Buffer.concat(parts)).digest();
}

/** The parts, each behind its length in two bytes. */
export function lengthPrefixed(parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      return [Buffer.of(bytes.length >> 8, bytes.length & 255), bytes];
    }),
  );
}

/** Four bytes, the highest first. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The length in bytes that content of `size` has when padded: Padmé (Nikitin et al., 2019), and 1024 at least. */
export function padme(size: number): number {
  if (size <= 1024) return 1024;
  const exponent = Math.floor(Math.log2(size));
  const mask = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1) - 1;
  return size + mask - ((size + mask) % (mask + 1));
}

/** The first bytes; those behind them have to be zeros. */
export function cut(bytes: Buffer, size: number): Buffer {
  expect(size <= bytes.length, 'content is not longer than its padding');
  expect(isZero(bytes.subarray(size)), 'padding is zeros');
  return bytes.subarray(0, size);
}

/** Whether every byte is a zero. */
export function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The smallest power of two that is not below `value`. */
export function powerOfTwoFrom(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}

/** @throws Error that says which rule of FORMAT.md is broken */
export function expect(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new Error(`against the format: ${rule}`);
}
