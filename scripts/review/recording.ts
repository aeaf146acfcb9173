import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { audioStart, frameStart, readMp3, type Mp3 } from '../../src/gate/in-place/mp3.ts';

/** Enough bytes for the first frames of a recording, and for one anywhere in it. */
const BEGINNING = 16_384;
const PART = 4_096;
/** At how many places a recording without a count of its frames is looked at. */
const PARTS = 16;

/** Returns bytes of a file: offset, length. */
type Read = (at: number, length: number) => Uint8Array<ArrayBuffer>;

/**
 * Returns the length of an MP3 in seconds: what is really there of a file that was cut off. Undefined if its headers
 * don't tell: it has no frames, or they have several bitrates and nobody has counted them.
 */
export function secondsOf(file: string): number | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const read: Read = (at, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
    };
    const start = audioStart(read(0, 10));
    const { size } = fstatSync(descriptor);
    const beginning = read(start, BEGINNING);
    const mp3 = readMp3(beginning, start, size);
    if (!mp3) return undefined;
    const counted = bytesCounted(beginning.subarray(mp3.start - start));
    if (counted === undefined) return isConstant(read, mp3) ? mp3.duration : undefined;
    return mp3.duration * Math.min(1, (size - mp3.start) / counted);
  } finally {
    closeSync(descriptor);
  }
}

/** Returns how many bytes the encoder wrote, by its tag in the first frame; undefined if that counts no frames. */
function bytesCounted(frame: Uint8Array<ArrayBuffer>): number | undefined {
  const text = Buffer.from(frame.buffer, frame.byteOffset, Math.min(frame.length, 200));
  const tag = Math.max(text.indexOf('Xing'), text.indexOf('Info'));
  if (tag < 0 || tag + 16 > text.length) return undefined;
  const flags = text.readUInt32BE(tag + 4);
  if ((flags & 1) === 0) return undefined;
  // A tag may count the frames only; then nothing tells whether all of them are there.
  return (flags & 2) === 0 ? 0 : text.readUInt32BE(tag + 12);
}

/** Whether frames all over a recording have the bitrate of the first. */
function isConstant(read: Read, { start, size, signature }: Mp3): boolean {
  const bitrates = new Set<number>();
  for (let part = 0; part < PARTS; part++) {
    const bytes = read(Math.floor(start + ((size - start) * part) / PARTS), PART);
    const at = frameStart(bytes, 0, signature);
    if (at !== null) bitrates.add(bytes[at + 2]! >> 4);
  }
  return bitrates.size === 1;
}
