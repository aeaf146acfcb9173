import { expect, test } from 'vitest';
import { audioStart, byteAt, frameStart, readMp3, secondAt } from './mp3.ts';

/** A frame header: 48 kbit/s, 24 kHz, mono, MPEG version 2, so 144 bytes and 24 ms a frame. */
const header = [0xff, 0xf3, 0x64, 0xc0];
const frameSize = 144;

function frames(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * frameSize);
  for (let i = 0; i < count; i++) bytes.set(header, i * frameSize);
  return bytes;
}

test('skips a tag before the audio', () => {
  expect(audioStart(new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 1]))).toBe(10 + 257);
  expect(audioStart(frames(1))).toBe(0);
});

test('finds duration and positions of a file with a constant bitrate by its size', () => {
  const bytes = frames(1000);
  const mp3 = readMp3(bytes, 0, bytes.length)!;
  expect(mp3.duration).toBeCloseTo(24);
  expect(byteAt(mp3, 12)).toBe(bytes.length / 2);
  expect(secondAt(mp3, bytes.length / 2)).toBeCloseTo(12);
  expect(byteAt(mp3, 99)).toBe(bytes.length);
});

test('finds duration and positions of a file with a variable bitrate in its Xing header', () => {
  const bytes = frames(1000);
  const tag = new DataView(bytes.buffer, 4 + 9);
  new Uint8Array(bytes.buffer).set(new TextEncoder().encode('Xing'), 4 + 9);
  tag.setUint32(4, 1 | 4);
  tag.setUint32(8, 2000);
  // The first half of the time takes a quarter of the bytes.
  for (let i = 0; i < 100; i++) tag.setUint8(12 + i, i < 50 ? i * 1.28 : 64 + (i - 50) * 3.84);
  const mp3 = readMp3(bytes, 0, bytes.length)!;
  expect(mp3.duration).toBeCloseTo(48);
  expect(byteAt(mp3, 24) / bytes.length).toBeCloseTo(0.25);
  expect(byteAt(mp3, 36) / bytes.length).toBeCloseTo(0.625);
});

test('finds the next frame from the middle of one', () => {
  const bytes = frames(10);
  expect(frameStart(bytes, 1)).toBe(frameSize);
  // Bytes that only look like a frame header don't count, because no frame follows them.
  bytes.set(header, 30);
  expect(frameStart(bytes, 1)).toBe(frameSize);
  expect(frameStart(new Uint8Array(500), 0)).toBeNull();
  expect(readMp3(new Uint8Array(500), 0, 500)).toBeNull();
});
