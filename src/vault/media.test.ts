import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat } from './bytes.ts';
import { deriveTierKeys } from './keys.ts';
import { type MediaHead, openMediaHead, openSegment, sealMedia } from './media.ts';
import type { SealedFile } from './name.ts';
import { openObject } from './object.ts';
import { flipped, members, noise, SECRET } from './testkit.ts';

const K64 = 65536;
const keys = await members();
const path = '/media/1.mp3';
const recording = { type: 'audio/mpeg', bytes: noise(3 * K64 - 100) };

async function openHead(head: SealedFile): Promise<MediaHead> {
  const opened = await headOf(head);
  if (!opened) throw new Error('not this key');
  return opened;
}
const headOf = (head: SealedFile) => openMediaHead(keys.reader, path, head);

test.each([0, 1, 1024, 1025, K64 - 1, K64, K64 + 1, 2 * K64, 5 * K64 + 3])(
  'a file of %i bytes is restored from its segments',
  async (size) => {
    const plain = { type: 'audio/mpeg', bytes: noise(size) };
    const { head, segments } = await sealMedia(keys, path, plain);
    const opened = await openHead(head);
    expect(opened).toMatchObject({ path, type: 'audio/mpeg', size, segmentSize: K64 });
    expect(opened.segments).toEqual(segments.map(({ name }) => name));
    const pieces = await Promise.all(segments.map(({ bytes }, index) => openSegment(opened, index, bytes)));
    expect(concat(...pieces)).toEqual(plain.bytes);
  },
);

test('any sealed file is restored, and a segment with one flipped bit is refused', async () => {
  const anyPath = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `/${text}`);
  await fc.assert(
    fc.asyncProperty(anyPath, fc.nat(3 * K64), fc.nat(), async (anywhere, size, at) => {
      const bytes = noise(size, at);
      const { head, segments } = await sealMedia(keys, anywhere, { type: 'audio/mpeg', bytes });
      const opened = await openMediaHead(keys.reader, anywhere, head);
      const pieces = await Promise.all(
        segments.map((file, index) => openSegment(opened!, index, file.bytes)),
      );
      expect(concat(...pieces)).toEqual(bytes);

      const index = at % segments.length;
      const segment = segments[index]!.bytes;
      await expect(openSegment(opened!, index, flipped(segment, at % segment.length))).rejects.toThrow();
    }),
    { numRuns: 25 },
  );
});

test('the sizes of segments show only a padded file or whole segments', async () => {
  const sizes = async (size: number) =>
    (await sealMedia(keys, path, { type: 'audio/mpeg', bytes: noise(size) })).segments.map(
      ({ bytes }) => bytes.length,
    );
  expect(await sizes(0)).toEqual([1024 + 16]);
  expect(await sizes(50_000)).toEqual([51_200 + 16]);
  expect(await sizes(K64 + 1)).toEqual([K64 + 16, K64 + 16]);
});

test('a head has the size of a sealed short text', async () => {
  const { head } = await sealMedia(keys, path, recording);
  expect(head.bytes).toHaveLength(1261);
  await expect(openObject(keys.reader, path, head)).rejects.toThrow('do not authenticate');
});

test('a new epoch seals the head again but keeps the segments', async () => {
  const { head, segments } = await sealMedia(keys, path, recording);
  const next = await sealMedia(await deriveTierKeys(SECRET, 'members', '0'.repeat(32)), path, recording);
  expect(next.segments).toEqual(segments);
  expect(next.head.name).not.toBe(head.name);
  expect(await openMediaHead(keys.reader, path, next.head)).toBeNull();
  const patrons = await sealMedia(await deriveTierKeys(SECRET, 'patrons', keys.epoch), path, recording);
  expect(patrons.segments[0]!.name).not.toBe(segments[0]!.name);
});

test('a segment opens only whole, in its place and in its file', async () => {
  const { head, segments } = await sealMedia(keys, path, recording);
  const other = await sealMedia(keys, path, { ...recording, bytes: flipped(recording.bytes, 2 * K64) });
  const opened = await openHead(head);
  const [first, second] = segments.map(({ bytes }) => bytes);
  await expect(openSegment(opened, 1, first!)).rejects.toThrow('do not authenticate');
  await expect(openSegment(opened, 0, second!)).rejects.toThrow('do not authenticate');
  await expect(openSegment(opened, 0, other.segments[0]!.bytes)).rejects.toThrow('do not authenticate');
  await expect(openSegment(opened, 0, first!.subarray(1))).rejects.toThrow('another size');
  for (const at of [0, 1000, K64 - 1, K64, K64 + 15]) {
    await expect(openSegment(opened, 0, flipped(first!, at))).rejects.toThrow('do not authenticate');
  }
  for (const index of [-1, 3, 0.5])
    await expect(openSegment(opened, index, first!)).rejects.toThrow(RangeError);
  expect(await openSegment(opened, 0, first!)).toEqual(recording.bytes.subarray(0, K64));
});

test('the last segment does not open as one that is followed by others', async () => {
  const { head, segments } = await sealMedia(keys, path, recording);
  const opened = await openHead(head);
  const longer = { ...opened, size: opened.size + K64, segments: [...opened.segments, '0'.repeat(32)] };
  await expect(openSegment(longer, 2, segments[2]!.bytes)).rejects.toThrow('do not authenticate');
});

test('a path without a slash is refused', async () => {
  await expect(sealMedia(keys, 'media/1.mp3', recording)).rejects.toThrow(RangeError);
});

test('a head with any byte altered is refused', async () => {
  const { head } = await sealMedia(keys, path, recording);
  for (let at = 13; at < head.bytes.length; at += 7) {
    await expect(headOf({ ...head, bytes: flipped(head.bytes, at) })).rejects.toThrow();
  }
  await expect(openMediaHead(keys.reader, '/media/2.mp3', head)).rejects.toThrow('not the file of this name');
});
