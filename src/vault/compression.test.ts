import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { compress, decompress } from './compression.ts';
import { noise } from './testkit.ts';

const text = utf8('<p>精华</p>\n'.repeat(5000));

test.each([
  ['no bytes', new Uint8Array(0)],
  ['a text', text],
  ['noise', noise(100_000)],
])('%s can be compressed and restored', async (_, plain) => {
  expect(await decompress(await compress(plain), plain.length)).toEqual(plain);
});

test('a stream that gives more or less than the stated size is refused', async () => {
  const packed = await compress(text);
  await expect(decompress(packed, text.length - 1)).rejects.toThrow('larger than stated');
  await expect(decompress(packed, 10)).rejects.toThrow('larger than stated');
  await expect(decompress(packed, text.length + 1)).rejects.toThrow('smaller than stated');
});

test('a stream that is cut off or has bytes after its end is refused', async () => {
  const packed = await compress(text);
  await expect(decompress(packed.subarray(0, -1), text.length)).rejects.toThrow('malformed');
  await expect(decompress(new Uint8Array([...packed, 0]), text.length)).rejects.toThrow('malformed');
  await expect(decompress(new Uint8Array(0), 0)).rejects.toThrow('malformed');
});
