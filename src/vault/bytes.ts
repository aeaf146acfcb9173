/** Bytes that WebCrypto accepts: never a view of shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * UTF-8 of a text.
 *
 * @throws RangeError when the text has a lone surrogate: its replacement would make two texts equal.
 */
export function utf8(text: string): Bytes {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('text with a lone surrogate');
  return new TextEncoder().encode(text);
}

/** Text of UTF-8. @throws TypeError when the bytes are not valid UTF-8. */
export function fromUtf8(bytes: Bytes): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** The parts as one byte string, in their order. */
export function concat(...parts: Bytes[]): Bytes {
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

/** The given bytes followed by zeros up to `length`. @throws RangeError when there are more already. */
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

/** Every part after its length in two bytes, so that no two lists of parts give the same bytes. */
export function fields(...parts: (string | Bytes)[]): Bytes {
  return concat(
    ...parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? utf8(part) : part;
      return [uint(bytes.length, 2), bytes];
    }),
  );
}

/** Lower-case hex digits of the bytes. */
export function toHex(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Bytes of lower-case hex digits. @throws RangeError for anything else, or another number of bytes. */
export function fromHex(text: string, length: number): Bytes {
  if (text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new RangeError(`not ${2 * length} lower-case hex digits`);
  }
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Order of two byte strings, as memcmp: negative, zero or positive. */
export function compare(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

/** Reads a byte string from front to back; whatever is missing throws `Error('truncated')`. */
export class Cursor {
  // Not `#offset`: for older web views a private field is compiled into helper functions, which each newcomer would
  // have to fetch first. For the same reason `useDefineForClassFields` is off in every tsconfig.
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

  /** @throws Error when the number is beyond what JavaScript counts exactly. */
  uint(length: 1 | 2 | 4 | 8): number {
    const value = this.take(length).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new Error('integer too large');
    return value;
  }

  /** What is left has to be zeros: padding is no place to carry anything. @throws Error otherwise. */
  zeros(): void {
    if (this.take(this.left).some((byte) => byte !== 0)) throw new Error('padding is not zero');
  }
}
