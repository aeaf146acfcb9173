import { createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';

export const EMPTY = Buffer.alloc(0);

/** The place of a sealed piece, from which its nonce and additional data are made. */
export interface Place {
  kind: number;
  index: number;
  last: boolean;
  clear: Buffer;
  path: string;
}

/** Opens one sealed piece with its tag behind it. @throws Error when the piece was not sealed for this place */
export function decrypt(key: Buffer, { kind, index, last, clear, path }: Place, sealed: Buffer): Buffer {
  expect(sealed.length >= 16, 'a sealed piece must have a tag');
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(kind, 0);
  nonce.writeUInt32BE(index, 8);
  const cipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([Buffer.of(kind, last ? 1 : 0), u32(index), clear, Buffer.from(path)]));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

/** HKDF-SHA-256 (RFC 5869). Its info consists of these parts, each prefixed with its length. */
export function hkdf(
  source: Uint8Array,
  size: number,
  info: (string | Buffer)[],
  salt: Uint8Array = EMPTY,
): Buffer {
  return Buffer.from(hkdfSync('sha256', createSecretKey(source), salt, lengthPrefixed(info), size));
}

/** HMAC-SHA-256 of the concatenated parts. */
export function hmac(key: Buffer, parts: Buffer[]): Buffer {
  return createHmac('sha256', createSecretKey(key)).update(Buffer.concat(parts)).digest();
}

/** Concatenates the parts, each prefixed with its length in two bytes. */
export function lengthPrefixed(parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      return [Buffer.of(bytes.length >> 8, bytes.length & 255), bytes];
    }),
  );
}

/** Writes a number as four bytes, big-endian. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Returns the padded length of `size` bytes: Padmé (Nikitin et al., 2019), with a minimum of 1024. */
export function padme(size: number): number {
  if (size <= 1024) return 1024;
  const exponent = Math.floor(Math.log2(size));
  const mask = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1) - 1;
  return size + mask - ((size + mask) % (mask + 1));
}

/** Removes padding: returns the first `size` bytes and requires the rest to be zeros. */
export function cut(bytes: Buffer, size: number): Buffer {
  expect(size <= bytes.length, 'content must not be longer than its padding');
  expect(isZero(bytes.subarray(size)), 'padding must be zeros');
  return bytes.subarray(0, size);
}

/** Whether every byte is zero. */
export function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Returns the smallest power of two that is at least `value`. */
export function powerOfTwoFrom(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}

/** @throws Error naming the rule of FORMAT.md that is broken */
export function expect(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new Error(`violates the format: ${rule}`);
}
