import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { readingsOf } from './readings.ts';

test(
  'reads no more than 128 MB of an archive of archives that unpack to more',
  { timeout: 60_000 },
  async () => {
    const megabyte = 1024 * 1024;
    const zipOf = async (count: number, file: Buffer) => {
      const archive = new JSZip();
      for (let number = 0; number < count; number++) archive.file(`${number}`, file);
      return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    };
    const bomb = await zipOf(8, await zipOf(1, Buffer.alloc(60 * megabyte, 'abc ')));
    let read = 0;
    for (const text of readingsOf(bomb, 'text')) read += text.length;
    expect(Math.ceil(read / megabyte)).toBeLessThanOrEqual(129);
  },
);
