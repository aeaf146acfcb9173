import type { Bytes } from '../../vault/index.ts';

/** The facts about an MP3 file that are needed to play it from any second. */
export interface Mp3 {
  /** Seconds. */
  duration: number;
  /** Offset of the first byte of audio. */
  start: number;
  /** Bytes of the file. */
  size: number;
  /** The seek table of a variable-bitrate file, 100 bytes: the 256ths of the file before each hundredth of the time. */
  contents?: Bytes;
  /** The fixed bits of every frame's header: version, layer and sampling rate. */
  signature: number;
}

interface Frame {
  /** Bytes. */
  size: number;
  /** Bits a second. */
  bitrate: number;
  /** Samples a second. */
  rate: number;
  samples: number;
  signature: number;
}

/** Kilobits a second of layer III (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3). */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES = [44100, 48000, 32000];

/** The offset of the first byte after the ID3v2 tag at the beginning of a file; 0 when it has none. */
export function audioStart(beginning: Bytes): number {
  const [i, d, three, , , , a = 0, b = 0, c = 0, e = 0] = beginning;
  if (i !== 0x49 || d !== 0x44 || three !== 0x33) return 0;
  return 10 + (a * 2 ** 21 + b * 2 ** 14 + c * 2 ** 7 + e);
}

/**
 * Reads the facts about a file of `size` bytes from its first frames.
 * @param bytes - the file from byte `offset` on; the first frame found in them is taken as the start of the audio
 * @returns null when there are no frames, so that it is not an MP3 file
 */
export function readMp3(bytes: Bytes, offset: number, size: number): Mp3 | null {
  const at = frameStart(bytes, 0);
  if (at === null) return null;
  const frame = frameAt(bytes, at)!;
  const file = { start: offset + at, size, signature: frame.signature };
  const tag = rateTag(bytes, at, frame);
  if (!tag) return { ...file, duration: ((size - file.start) * 8) / frame.bitrate };
  const duration = (tag.frames * frame.samples) / frame.rate;
  return { ...file, duration, ...(tag.contents && { contents: tag.contents }) };
}

/** The byte offset of a second, as exactly as the file's headers allow. */
export function byteAt({ duration, start, size, contents }: Mp3, second: number): number {
  const share = Math.min(Math.max(second / duration, 0), 1);
  if (!contents) return Math.floor(start + share * (size - start));
  const hundredth = Math.min(Math.floor(share * 100), 99);
  const [before, after] = [contents[hundredth]!, contents[hundredth + 1] ?? 256];
  const part = before + (after - before) * (share * 100 - hundredth);
  return Math.floor(start + (part / 256) * (size - start));
}

/** The second that begins at a byte, in a file of constant bitrate. */
export function secondAt({ duration, start, size }: Mp3, byte: number): number {
  return Math.max(0, ((byte - start) / (size - start)) * duration);
}

/**
 * The offset of the first frame at or after `from`. A frame counts only when a frame with the same signature, or the
 * end of the bytes, follows it.
 * @param signature - the file's, when it is known
 */
export function frameStart(bytes: Bytes, from: number, signature?: number): number | null {
  for (let at = from; at + 4 <= bytes.length; at++) {
    const frame = frameAt(bytes, at);
    if (!frame || (signature !== undefined && frame.signature !== signature)) continue;
    const next = at + frame.size;
    if (next + 4 > bytes.length || frameAt(bytes, next)?.signature === frame.signature) return at;
  }
  return null;
}

function frameAt(bytes: Bytes, at: number): Frame | null {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  const version = (b >> 3) & 3;
  const isLayer3 = ((b >> 1) & 3) === 1;
  if (a !== 0xff || b >> 5 !== 7 || version === 1 || !isLayer3) return null;
  const isFirst = version === 3;
  const kilobits = (isFirst ? BITRATES_1 : BITRATES_2)[c >> 4] ?? 0;
  const fullRate = RATES[(c >> 2) & 3];
  if (kilobits === 0 || fullRate === undefined) return null;
  const rate = fullRate / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const bitrate = kilobits * 1000;
  return {
    size: Math.floor((samples / 8) * (bitrate / rate)) + ((c >> 1) & 1),
    bitrate,
    rate,
    samples,
    signature: (b & 0xfe) * 256 + (c & 0x0c),
  };
}

/** Reads the tag that encoders write into the first frame: Xing, or Info for constant bitrate. It counts the frames. */
function rateTag(bytes: Bytes, at: number, { samples }: Frame): { frames: number; contents?: Bytes } | null {
  const isMono = bytes[at + 3]! >> 6 === 3;
  const side = samples === 1152 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const tag = at + 4 + side;
  if (tag + 120 > bytes.length) return null;
  const name = String.fromCharCode(...bytes.subarray(tag, tag + 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset + tag);
  const flags = view.getUint32(4);
  if ((name !== 'Xing' && name !== 'Info') || (flags & 1) === 0) return null;
  const frames = view.getUint32(8);
  if (name === 'Info' || (flags & 4) === 0) return { frames };
  const contents = tag + 12 + ((flags & 2) === 0 ? 0 : 4);
  return { frames, contents: bytes.slice(contents, contents + 100) };
}
