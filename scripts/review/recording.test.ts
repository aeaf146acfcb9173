import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { secondsOf } from './recording.ts';

/** Frames of 24 kHz, mono, MPEG version 2, so 24 ms each: of 48 kbit/s (144 bytes) and of 64 kbit/s (192 bytes). */
const FRAMES = { 48: frame(0x64, 144), 64: frame(0x84, 192) };

function frame(kilobits: number, bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xf3, kilobits, 0xc0]), Buffer.alloc(bytes - 4)]);
}

/** Returns `count` frames of 48 kbit/s, every `other`th of 64. */
const frames = (count: number, other = Infinity) =>
  Array.from({ length: count }, (_, at) => FRAMES[(at + 1) % other === 0 ? 64 : 48]);

/** The first frame of an encoder that counts frames and, if given, bytes. */
function tagged(name: 'Xing' | 'Info', count: number, bytes?: number): Buffer {
  const tag = Buffer.from(FRAMES[48]);
  tag.write(name, 13, 'latin1');
  tag.writeUInt32BE(bytes === undefined ? 1 : 3, 17);
  tag.writeUInt32BE(count, 21);
  if (bytes !== undefined) tag.writeUInt32BE(bytes, 25);
  return tag;
}

function seconds(...parts: Buffer[]): number | undefined {
  const file = join(temporaryFolder(), 'talk.mp3');
  writeFileSync(file, Buffer.concat(parts));
  return secondsOf(file);
}

test('a recording is as long as its constant bitrate or its count of frames says', () => {
  expect(seconds(...frames(2000))).toBeCloseTo(48);
  const id3 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 20, ...Array<number>(20).fill(0)]);
  expect(seconds(id3, ...frames(2000))).toBeCloseTo(48);
  const varying = frames(2000, 3);
  const bytes = 144 + Buffer.concat(varying).length;
  expect(seconds(tagged('Xing', 2000, bytes), ...varying)).toBeCloseTo(48);
  expect(seconds(tagged('Xing', 2000), ...varying)).toBeCloseTo(48);
  // Tags behind the audio make a file larger than its audio.
  expect(seconds(tagged('Info', 2000, bytes), ...varying, Buffer.alloc(50_000))).toBeCloseTo(48);
  expect(seconds(Buffer.alloc(3000))).toBeUndefined();
});

test('a recording that was cut off is only as long as what is there', () => {
  const bytes = 144 + 2000 * 144;
  expect(seconds(tagged('Info', 2000, bytes), ...frames(500))).toBeCloseTo(12, 0);
});

test('nothing is said of bitrates that vary without a count', () => {
  expect(seconds(...frames(2000, 3))).toBeUndefined();
  expect(seconds(...frames(1000), ...frames(1000, 1))).toBeUndefined();
});
