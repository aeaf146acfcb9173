import { isUtf8 } from 'node:buffer';
import { gunzipSync, inflateRawSync, inflateSync, brotliDecompressSync } from 'node:zlib';

/**
 * How a file is read: `text` as UTF-8; `any` as UTF-16 too, as the tags of recordings may be; `ciphertext` only if it
 * contains words after all.
 */
export type Kind = 'text' | 'any' | 'ciphertext';

/**
 * Yields everything that a reader could make of a file: its text, with and without escapes, and the same for what is
 * compressed or encoded in it.
 */
export function* readingsOf(bytes: Uint8Array, kind: Kind): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  yield* readings(buffer, kind !== 'ciphertext', { left: most });
  if (kind === 'any') yield* wideReadings(buffer);
}

/** How many bytes at either end of a file are searched for tags; between the ends are only sound or pixels. */
const edge = 512 * 1024;
/** Six letters in a row count as words when bytes are read as UTF-16: by chance that many are rare. */
const words = /[\p{L}\p{N}\p{P}\p{Zs}]{6,}/gu;

/** Yields both byte orders of UTF-16, starting at an even and at an odd byte. */
function* wideReadings(bytes: Buffer): Generator<string> {
  yield* tagTexts(bytes);
  for (const part of edgesOf(bytes)) {
    for (const start of [0, 1]) {
      const pairs = Buffer.from(part.subarray(start, part.length - ((part.length - start) % 2)));
      yield pairs.toString('utf16le').match(words)?.join('\n') ?? '';
      yield pairs.swap16().toString('utf16le').match(words)?.join('\n') ?? '';
    }
  }
}

/** A text frame of ID3v2: its name, size, flags, and which of four encodings its text has. */
const textFrame = /(?:T[A-Z0-9]{3}|COMM|USLT)([^]{4})[^]{2}([^])/g;
/** Encoding 0 is Latin-1 by the standard, but Chinese programs write GBK, which has the same ASCII. */
const encodings = ['gbk', 'utf-16le', 'utf-16be', 'utf-8'] as const;

/** Yields the texts in the tags of a recording, however short: ID3v2's text frames, and ID3v1 at the end. */
export function* tagTexts(bytes: Uint8Array): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const part of edgesOf(buffer)) {
    const frames = part.toString('latin1').matchAll(textFrame);
    for (const { 0: head, 1: size = '', 2: encoding = '', index } of frames) {
      const name = encodings[encoding.charCodeAt(0)];
      if (name === undefined) continue;
      const start = index + head.length;
      // Sizes have seven bits in each byte (version 2.4). Version 2.3 uses all eight: above 127 bytes, too little is
      // read.
      const length = Buffer.from(size, 'latin1').reduce((sum, byte) => sum * 128 + (byte & 127), 0) - 1;
      const said = part.subarray(start, start + Math.min(Math.max(length, 0), edge));
      // A comment or a song's words have a language before them, of three letters.
      const text = /^(?:COMM|USLT)/.test(head) ? said.subarray(3) : said;
      const isSwapped = name === 'utf-16le' && text[0] === 0xfe && text[1] === 0xff;
      yield new TextDecoder(isSwapped ? 'utf-16be' : name).decode(text);
    }
  }
  const last = buffer.subarray(-128);
  if (last.toString('latin1', 0, 3) !== 'TAG') return;
  for (const encoding of ['gbk', 'utf-8']) yield new TextDecoder(encoding).decode(last.subarray(3));
}

function edgesOf(bytes: Buffer): Buffer[] {
  // A file that begins with a byte order mark is text throughout.
  const isText = /^(?:\xfe\xff|\xff\xfe)/.test(bytes.toString('latin1', 0, 2));
  return bytes.length > 2 * edge && !isText ? [bytes.subarray(0, edge), bytes.subarray(-edge)] : [bytes];
}

function* readings(bytes: Buffer, isPlain: boolean, budget: Budget, depth = 0): Generator<string> {
  if (isPlain || readable.test(bytes.toString('latin1'))) {
    const text = isPlain && isGbk(bytes) ? new TextDecoder('gb18030').decode(bytes) : bytes.toString('utf8');
    yield text;
    const resolved = resolveEscapes(text);
    if (resolved !== text) yield resolved;
    yield* joinWords(resolved);
    if (depth < 2) {
      for (const [encoded] of text.matchAll(/[A-Za-z0-9+/_-]{48,}={0,2}/g)) {
        // The letters of a path may stand before it.
        for (const start of [0, 1, 2, 3]) {
          yield* readings(Buffer.from(encoded.slice(start), 'base64'), false, budget, depth + 1);
        }
      }
    }
  }
  if (depth < 2) {
    const inflated = inflate(bytes, budget);
    if (inflated) yield* readings(inflated, isPlain, budget, depth + 1);
    for (const file of filesInZip(bytes, budget)) yield* readings(file, isPlain, budget, depth + 1);
  }
}

/**
 * Six characters of three bytes in a row, or 24 of ASCII. Ciphertext practically never has either, so megabytes of it
 * are skipped at the speed of one regular expression.
 */
const readable = /(?:[\xe2-\xef][\x80-\xbf]{2}){6}|[\x20-\x7e]{24}/;

/** Whether a file is text in the encoding of Chinese programs: binary files have control characters. */
function isGbk(bytes: Buffer): boolean {
  const isControl = (byte: number) => byte < 0x09 || (byte > 0x0d && byte < 0x20);
  return !isUtf8(bytes) && !bytes.subarray(0, edge).some(isControl);
}

/** Tags that may stand within a sentence or a word, whatever is beside them. */
const inline = /<\/?(?:b|del|em|i|ins|mark|s|strong|sub|sup|u|wbr)(?:\s[^<>]{0,300})?>/g;

/** Whether the words before and after a tag may be of one sentence. */
export const isInline = (tag: string): boolean => tag.replace(inline, '') === '';

/**
 * Returns the texts between other tags that contain such tags, without them: their letters are none of the text. Each is
 * read by itself, as a page has its own words beside the title of a piece.
 */
function joinWords(text: string): string[] {
  if (!text.includes('<')) return [];
  return text
    .replace(inline, '\0')
    .split(/[<>]/)
    .filter((part) => part.includes('\0'))
    .map((part) => part.replaceAll('\0', ''));
}

/** The largest content that is read from a compressed file, in bytes. */
const largest = 64 * 1024 * 1024;
/** And from all that is in one published file: a small archive may contain a thousand that each unpack to megabytes. */
const most = 2 * largest;

/** How many bytes may still be unpacked from a published file. */
interface Budget {
  left: number;
}

/** Yields the compressed files in a zip archive, as office documents are. Those stored as they are need no unpacking. */
function* filesInZip(bytes: Buffer, budget: Budget): Generator<Buffer> {
  // Local file headers (APPNOTE.TXT 4.3.7). Where the compressed data ends, inflating ends by itself.
  const signature = Buffer.from('PK\x03\x04');
  if (!bytes.subarray(0, 4).equals(signature)) return;
  for (let at = 0; at >= 0 && at + 30 <= bytes.length; at = bytes.indexOf(signature, at + 4)) {
    if (budget.left <= 0) return;
    const [flags, method] = [bytes.readUInt16LE(at + 6), bytes.readUInt16LE(at + 8)];
    const isEncrypted = (flags & 1) === 1;
    if (method !== 8 || isEncrypted) continue;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const file = unpacked(inflateRawSync, bytes.subarray(start), budget);
    if (file) yield file;
    // Broken: it took time as well.
    else budget.left -= largest / 64;
  }
}

function inflate(bytes: Buffer, budget: Budget): Buffer | undefined {
  const head = bytes.length > 1 ? bytes.readUInt16BE() : 0;
  // Check the magic bytes first: an unpacker that fails costs as much as one that succeeds (RFC 1952, RFC 1950).
  const unpackers = [
    ...(head === 0x1f8b ? [gunzipSync] : []),
    ...((head & 0x0f00) === 0x0800 && head % 31 === 0 ? [inflateSync] : []),
    inflateRawSync,
    brotliDecompressSync,
  ];
  for (const unpack of unpackers) {
    const result = unpacked(unpack, bytes, budget);
    if (result && result.length > 0) return result;
  }
  return undefined;
}

/** Unpacks what an unpacker can read, if that isn't too large. */
function unpacked(
  unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer,
  bytes: Buffer,
  budget: Budget,
): Buffer | undefined {
  const maxOutputLength = Math.min(largest, budget.left);
  if (maxOutputLength <= 0) return undefined;
  try {
    const result = unpack(bytes, { maxOutputLength });
    budget.left -= result.length;
    return result;
  } catch (error) {
    // What is too large was unpacked up to there; what is of another kind was not.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') budget.left -= maxOutputLength;
    return undefined;
  }
}

/**
 * Replaces `\u4e2d`, `\u{4e2d}`, `\4e2d ` of style sheets, `&#20013;`, `&#x4e2d;`, `&amp;` and `%E4%B8%AD` by the
 * characters that they stand for.
 */
export function resolveEscapes(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => entities[name]!)
    .replace(/\\([nrt/])/g, (_, after: string) => (after === '/' ? after : ' '))
    .replace(
      /\\(?:u\{?([0-9a-f]{4,6})\}?|([0-9a-f]{4,6}) ?)|&#x([0-9a-f]{1,6});/gi,
      (_, ...found: string[]) => codePoint(Number.parseInt(found.slice(0, 3).find(Boolean)!, 16)),
    )
    .replace(/&#(\d{1,7});/g, (_, decimal: string) => codePoint(Number(decimal)))
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (encoded) =>
      Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8'),
    );
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
}
