import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { Cache } from './cache.ts';
import { prepareImage } from './images.ts';
import { isDrawing, rasterise } from './rasterise.ts';

function tinyCache(): Cache {
  return new Cache(temporaryFolder());
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#38a' } });

async function readBack(cache: Cache, name: string) {
  return sharp(readFileSync(cache.path(name)), { animated: true }).metadata();
}

test('a large photo becomes three WebP files, at most 1600 pixels wide', async () => {
  const cache = tinyCache();
  const prepared = await prepareImage(await plain(4000, 3000).jpeg().toBuffer(), cache);
  expect(prepared).toMatchObject({ width: 4000, height: 3000 });
  expect(prepared.files.map(({ width }) => width)).toEqual([480, 960, 1600]);
  for (const { width, name } of prepared.files) {
    expect(name).toMatch(new RegExp(`^[0-9a-f]{20}-${width}\\.webp$`));
    expect(await readBack(cache, name)).toMatchObject({ format: 'webp', width, height: (width * 3) / 4 });
  }
});

test('a small image is not made larger', async () => {
  const prepared = await prepareImage(await plain(300, 200).png().toBuffer(), tinyCache());
  expect(prepared).toMatchObject({ width: 300, height: 200, files: [{ width: 300 }] });
});

test('says whether the page can show through an image, also if an earlier version converted it', async () => {
  const cache = tinyCache();
  const photo = await plain(30, 20).jpeg().toBuffer();
  expect(await prepareImage(photo, cache)).toMatchObject({ hasAlpha: false });
  const sketch = await plain(30, 20).ensureAlpha(0).png().toBuffer();
  const prepared = await prepareImage(sketch, cache);
  expect(prepared).toMatchObject({ hasAlpha: true });
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h9v9"/></svg>',
  );
  expect(await prepareImage(svg, cache)).toMatchObject({ hasAlpha: true });
  const { width, height, files } = prepared;
  cache.write(files[0]!.name.replace(/-\d+\.webp$/, '.json'), JSON.stringify({ width, height, files }));
  expect(await prepareImage(sketch, cache)).toEqual(prepared);
});

test('a photo is turned upright and loses its metadata', async () => {
  const cache = tinyCache();
  const photo = await plain(600, 400)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'canary-in-exif', Orientation: '6' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(photo.toString('latin1')).toContain('Exif');
  const prepared = await prepareImage(photo, cache);
  expect(prepared).toMatchObject({ width: 400, height: 600 });
  const metadata = await readBack(cache, prepared.files[0]!.name);
  expect(metadata).toMatchObject({ width: 400, height: 600 });
  expect([metadata.exif, metadata.xmp, metadata.orientation]).toEqual([undefined, undefined, undefined]);
});

test('an animated image stays animated, in one width', async () => {
  const cache = tinyCache();
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const prepared = await prepareImage(gif, cache);
  expect(prepared).toMatchObject({ width: 40, height: 30, files: [{ width: 40 }] });
  expect((await readBack(cache, prepared.files[0]!.name)).pages).toBe(3);
});

test('an SVG becomes pixels, enough for a dense screen, and loses its scripts', async () => {
  const cache = tinyCache();
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" onload="alert(1)"><script>alert(2)</script><rect width="400" height="200" fill="#a33"/></svg>';
  const prepared = await prepareImage(Buffer.from(svg), cache);
  expect(prepared).toMatchObject({ width: 400, height: 200 });
  expect(prepared.files.map(({ width }) => width)).toEqual([480, 960, 1200]);
  for (const { name } of prepared.files)
    expect(readFileSync(cache.path(name), 'latin1')).not.toContain('alert');
});

test('an SVG can’t read another file', async () => {
  const cache = tinyCache();
  const secret = cache.path('secret.png');
  await plain(100, 100).png().toFile(secret);
  const drawing = (href: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><image href="${href}" width="100" height="100"/></svg>`,
    );
  const { files } = await prepareImage(drawing(`file://${secret}`), cache);
  const { data } = await sharp(readFileSync(cache.path(files[0]!.name)))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data.every((byte) => byte === 0)).toBe(true);
});

const slow = '<feTurbulence baseFrequency="0.9" numOctaves="1000"/>'.repeat(20);
test.each([
  [
    'draw',
    `width="3000" height="3000"><filter id="f">${slow}</filter><rect width="3000" height="3000" filter="url(#f)"/>`,
  ],
  // Without a size, it has to be laid out to know how large it is.
  ['measure', `><text>${'a'.repeat(30_000)}</text>`],
])('an SVG that takes too long to %s is given up', async (_, inside) => {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${inside}</svg>`);
  expect(isDrawing(svg)).toBe(true);
  await expect(rasterise(svg, 1600, 2_000)).rejects.toThrow('画了 2 秒还没画完');
});

test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
  '%s is not taken for a drawing',
  async (format) => {
    expect(isDrawing(await plain(9, 9).toFormat(format).toBuffer())).toBe(false);
  },
);

test.each(['<!--ftyp-->', '<?a ftyp?>'])('an SVG that begins like AVIF is a drawing: %s', (start) => {
  expect(isDrawing(Buffer.from(`${start}<svg xmlns="http://www.w3.org/2000/svg"/>`))).toBe(true);
});

test('the same image is converted only once, and again if a file is missing', async () => {
  const cache = tinyCache();
  const png = await plain(1000, 500).png().toBuffer();
  const first = await prepareImage(png, cache);
  const times = () => readdirSync(cache.folder).map((name) => statSync(cache.path(name)).mtimeMs);
  const before = times();
  expect(await prepareImage(png, cache)).toEqual(first);
  expect(times()).toEqual(before);
  rmSync(cache.path(first.files[0]!.name));
  expect(await prepareImage(png, cache)).toEqual(first);
  expect(times()).toHaveLength(before.length);
});

test.each([
  ['text', Buffer.from('no image')],
  ['an empty file', Buffer.alloc(0)],
  ['a PDF', Buffer.from('%PDF-1.7\n')],
  [
    'an SVG of a billion pixels',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40000" height="40000"/>'),
  ],
  [
    'an SVG with nested entities',
    Buffer.from(
      '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&h;</text></svg>',
    ),
  ],
])('%s is refused as an image', async (_, bytes) => {
  await expect(prepareImage(bytes, tinyCache())).rejects.toThrow();
});
