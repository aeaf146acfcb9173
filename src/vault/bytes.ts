/** Bytes that WebCrypto accepts: never a view of a SharedArrayBuffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Encodes a text as UTF-8.
 *
 * @throws RangeError when the text has a lone surrogate: replacing it by U+FFFD would make two texts equal.
 */
export function utf8(text: string): Bytes {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('text with a lone surrogate');
  return new TextEncoder().encode(text);
}

/** Decodes UTF-8. @throws TypeError when the bytes are not valid UTF-8. */
export function fromUtf8(bytes: Bytes): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Joins the parts into one byte string. */
export function concat(...parts: Bytes[]): Bytes {
  return join(parts);
}

/** Joins any number of parts; some 100,000 are too many for the arguments of {@link concat}. */
export function join(parts: readonly Bytes[]): Bytes {
  let size = 0;
  for (const part of parts) size += part.length;
  const all = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Appends zeros up to `length` bytes. @throws RangeError when there are more bytes than that. */
export function zeroFilled(bytes: Bytes, length: number): Bytes {
  if (bytes.length > length) throw new RangeError(`${bytes.length} bytes do not fit into ${length}`);
  const filled = new Uint8Array(length);
  filled.set(bytes);
  return filled;
}

/** A big-endian unsigned integer of `length` bytes. @throws RangeError when the value does not fit. */
export function uint(value: number, length: 1 | 2 | 4 | 8): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * length)) {
    throw new RangeError(`${value} is no unsigned integer of ${length} bytes`);
  }
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** Joins the parts, each prefixed with its length in two bytes, so that no two lists of parts give the same bytes. */
export function fields(...parts: (string | Bytes)[]): Bytes {
  return concat(
    ...parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? utf8(part) : part;
      return [uint(bytes.length, 2), bytes];
    }),
  );
}

/** Encodes bytes as lower-case hex digits. */
export function toHex(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Decodes lower-case hex digits. @throws RangeError for anything else, or when there are not `length` bytes. */
export function fromHex(text: string, length: number): Bytes {
  if (text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new RangeError(`not ${2 * length} lower-case hex digits`);
  }
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Compares two byte strings like memcmp, a prefix first: negative, zero or positive. */
export function compare(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

/** Reads a byte string from front to back; reading past its end throws `Error('truncated')`. */
export class Cursor {
  // Not `#offset`: for older web views a private field compiles to helper functions, which every first visit would
  // have to download. For the same reason `useDefineForClassFields` is off in every tsconfig.
  private offset = 0;
  private readonly bytes: Bytes;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  take(length: number): Bytes {
    if (length > this.left) throw new Error('truncated');
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  /** Reads a big-endian unsigned integer. @throws Error when it is above `Number.MAX_SAFE_INTEGER`. */
  uint(length: 1 | 2 | 4 | 8): number {
    const value = this.take(length).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new Error('integer too large');
    return value;
  }

  /** Requires all remaining bytes to be zero, so that padding can't carry data. @throws Error otherwise. */
  zeros(): void {
    if (this.take(this.left).some((byte) => byte !== 0)) throw new Error('padding is not zero');
  }
}
