import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('files beside an entry', () => {
  const png = sharp({ create: { width: 1200, height: 600, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();
  const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc4]), Buffer.alloc(2000)]);

  test('are published under the digest of their content', async () => {
    const { load } = tinyFolder({
      'notes/a/index.mdx': noteOf({
        body: '![图](./图.png)\n\n<Audio src="a.mp3" />\n\n<Attachment src="./表.csv" title="表" />',
      }),
      'notes/a/图.png': await png,
      'notes/a/a.mp3': mp3,
      'notes/a/表.csv': '甲,乙',
      'notes/b/index.mdx': noteOf({ body: '![图](./other.png)' }),
      'notes/b/other.png': await png,
    });
    const content = await load({ base: '/repo' });
    expect(rulesOf(content)).toEqual([]);
    const types = content.media
      .map(({ path, type, entries }) => `${path.replace(/[0-9a-f]{20}/, '…')} ${type} ${entries.join(' ')}`)
      .sort();
    expect(types).toEqual([
      '/media/…-1200.webp image/webp notes/a notes/b',
      '/media/…-480.webp image/webp notes/a notes/b',
      '/media/…-960.webp image/webp notes/a notes/b',
      '/media/….mp3 audio/mpeg notes/a',
      '/media/…/表.csv text/csv; charset=utf-8 notes/a',
    ]);
    const { html } = content.entries[0]!;
    expect(html.replace(/[0-9a-f]{20}/g, '…')).toMatchInlineSnapshot(`
      "<p><img src="/repo/media/…-1200.webp" srcset="/repo/media/…-480.webp 480w, /repo/media/…-960.webp 960w, /repo/media/…-1200.webp 1200w" sizes="(min-width: 48rem) 45rem, 100vw" width="1200" height="600" alt="图" loading="lazy" decoding="async"></p>
      <figure class="audio"><audio controls preload="none" src="/repo/media/….mp3"></audio></figure>
      <p class="attachment"><a href="/repo/media/…/%E8%A1%A8.csv">表 <span class="attachment-size">1 KB</span></a></p>"
    `);
    for (const { path } of content.media) expect(html).toContain(`/repo${encodeURI(path)}`);
  });

  test.each([
    [1, '1 KB'],
    [1_500, '2 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [1_500_000, '1.5 MB'],
  ])('an attachment of %i bytes is shown as %s', async (bytes, size) => {
    const { entries } = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '<Attachment src="./a.csv" title="表" />' }),
      'notes/a/a.csv': Buffer.alloc(bytes, 'a'),
    }).load();
    expect(entries[0]!.html).toContain(`<span class="attachment-size">${size}</span>`);
  });

  test('a file that has nearly the name of another is asked about', async () => {
    const { findings } = await tinyFolder({
      'notes/a/index.mdx': noteOf({
        body: '![图](./Photo.PNG)\n\n![图](./seat.jpeg)\n\n![图](./tabel%201.png)',
      }),
      'notes/a/photo.png': 'x',
      'notes/a/seat.jpg': 'x',
      'notes/a/table 1.png': 'x',
    }).load();
    const asked = findings.filter(({ rule }) => rule === 'missing-file').map(({ fix }) => fix);
    expect(asked).toEqual(['是不是 ./photo.png？', '是不是 ./seat.jpg？', '是不是 ./table%201.png？']);
  });

  test.each([
    ['![图](./none.png)', 'missing-file'],
    ['![图](./A.PNG)', 'missing-file'],
    ['![图](../b/b.png)', 'not-own-folder'],
    ['![图](../../../secret.png)', 'outside-content'],
    ['![图](%2e%2e/%2e%2e/%2e%2e/secret.png)', 'outside-content'],
    ['<Figure src="../../../secret.png" alt="图" />', 'outside-content'],
    ['![图](/etc/passwd)', 'image-address'],
    ['![图](./broken.png)', 'broken-image'],
    ['![图](./text.png)', 'broken-image'],
    ['![图](./huge.png)', 'image-too-large'],
    ['<Audio src="./text.mp3" />', 'audio-type'],
    ['<Audio src="./a.png" />', 'audio-type'],
    ['<Attachment src="./page.html" title="页" />', 'attachment-type'],
    ['<Attachment src="./page.txt" title="页" />', 'attachment-type'],
    ['<Attachment src="./page.SVG" title="页" />', 'attachment-type'],
    ['<Attachment src="./noextension" title="页" />', 'attachment-type'],
  ])('%s is refused as %s', async (body, rule) => {
    const { load, around, root } = tinyFolder({
      'notes/a/index.mdx': noteOf({ body }),
      'notes/a/a.png': await png,
      'notes/a/broken.png': (await png).subarray(0, 300),
      'notes/a/text.png': 'no image',
      'notes/a/text.mp3': 'no sound',
      'notes/a/page.html': '<p>',
      'notes/a/page.txt': '\ufeff <!DOCTYPE html><script>',
      'notes/a/page.SVG': '<svg/>',
      'notes/a/noextension': 'x',
      'notes/a/huge.png': '',
      'notes/b/index.mdx': noteOf(),
      'notes/b/b.png': await png,
    });
    writeFileSync(join(around, 'secret.png'), await png);
    truncateSync(join(root, 'notes/a/huge.png'), 21 * 1024 * 1024);
    const content = await load();
    const errors = content.findings.filter(({ level }) => level === 'error');
    expect(rulesOf({ ...content, findings: errors })).toEqual([`notes/a/index.mdx:5 ${rule}`]);
    expect(content.media).toEqual([]);
  });

  test.each([
    ['![图](./film.mp4)', '视频不能放在页面里，作为附件：<Attachment src="./film.mp4" title="名字" />'],
    ['![图](./film.MOV)', '视频先转成 MP4，再作为附件：<Attachment src="./film.mp4" title="名字" />'],
    ['<Attachment src="./film.MOV" title="拍的" />', '视频转成 MP4 再放'],
    ['<Attachment src="./memo.amr" title="录的" />', '录音转成 MP3 再放'],
  ])('%s is told what to do with a film or sound: %s', async (body, fix) => {
    const { findings } = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body }),
      'notes/a/film.mp4': 'x',
      'notes/a/film.MOV': 'x',
      'notes/a/memo.amr': 'x',
    }).load();
    expect(findings.filter(({ level }) => level === 'error').map((finding) => finding.fix)).toEqual([fix]);
  });

  test('are refused as attachments when there is nothing in them', async () => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({
        body: '<Attachment src="./a.csv" title="表" />\n\n<Attachment src="./b.jpg" title="图" />',
      }),
      'notes/a/a.csv': '',
      'notes/a/b.jpg': '',
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a/index.mdx:5 attachment-empty',
      'notes/a/index.mdx:7 attachment-empty',
    ]);
    expect(content.findings[0]).toMatchObject({
      message: '附件是空的，里面一个字节也没有：./a.csv',
      fix: '多半没有下载完或没有保存好，换成完整的文件',
    });
  });

  test('are refused as attachments when they are photos or films that tell where they were taken', async () => {
    const place = { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 49/1' };
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({
        body: '<Attachment src="./there.jpg" title="在哪" />\n\n<Attachment src="./plain.jpg" title="没写在哪" />\n\n<Attachment src="./film.mp4" title="拍的" />\n\n![图](./there.jpg)',
      }),
      // A film whose user data begin with a place.
      'notes/a/film.mp4': Buffer.from('\0\0\0\x18moov\0\0\0\x10udta\0\0\0\x08\xa9xyz', 'latin1'),
      'notes/a/there.jpg': await sharp(await png)
        .withExif({ IFD3: place })
        .jpeg()
        .toBuffer(),
      'notes/a/plain.jpg': await sharp(await png)
        .jpeg()
        .toBuffer(),
    }).load();
    // A picture on the page is drawn anew, without its tags.
    expect(rulesOf(content)).toEqual([
      'notes/a/index.mdx:5 attachment-place',
      'notes/a/index.mdx:9 attachment-place',
    ]);
  });

  test.each([
    '<!-- 甲 -->\n<!----><html>',
    '<!--><script>',
    '<!---><script>',
    '<!-- 甲 --!><script>',
    `${'<!---->'.repeat(40)}文`,
  ])('are refused as attachments when they begin with a comment, as pages do: %j', async (text) => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '<Attachment src="./page.txt" title="页" />' }),
      'notes/a/page.txt': text,
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a/index.mdx:5 attachment-type']);
  });

  test.each([
    ['no image', '里面不是图片，或者是不认得的格式'],
    ['', '文件是空的'],
    ['<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="20000"/>', '像素太多，超过 1 亿'],
    [
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g></svg>',
      '数据不完整或者写错了（Input buffer has corrupt header: ',
    ],
  ])('are reported with the reason when they can’t be opened as images: %j', async (bytes, reason) => {
    const { findings } = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '![图](./a.svg)' }),
      'notes/a/a.svg': bytes,
    }).load();
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining(`图片打不开，${reason}`),
    ]);
  });

  test('get one finding when they are only named .mp3, and another when they have another extension', async () => {
    const { findings } = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '<Audio src="./a.mp3" />\n\n<Audio src="./b.m4a" />' }),
      'notes/a/a.mp3': 'no sound',
      'notes/a/b.m4a': 'no sound',
    }).load();
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '录音的名字是 .mp3，里面不是：./a.mp3 → 用软件转成 MP3（单声道，64 kbit/s 以下）再放；只改扩展名没有用',
      '录音不是 MP3：./b.m4a → 转成 MP3（单声道，64 kbit/s 以下）再放',
    ]);
  });

  test('are reported when nothing uses them', async () => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '![](./a.png)' }),
      'notes/a/a.png': await png,
      'notes/a/b.png': await png,
      'notes/draft/index.mdx': noteOf({ more: 'draft: true\n' }),
      'notes/draft/c.png': await png,
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a/b.png:1 unused-file', 'notes/a/index.mdx:5 image-alt']);
    expect(content.findings.map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(content.media).toHaveLength(3);
  });

  test('are recognised as HEIC photos whatever their name', async () => {
    const heic = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1');
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '![图](./a.heic)\n\n![图](./b.jpg)' }),
      'notes/a/a.heic': heic,
      'notes/a/b.jpg': heic,
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a/index.mdx:5 broken-image',
      'notes/a/index.mdx:7 broken-image',
    ]);
    expect(content.findings[1]!.message).toBe('图片是 HEIC，苹果手机照片的格式，浏览器打不开：./b.jpg');
  });

  test('are marked if they are transparent', async () => {
    const sketch = await sharp(await png)
      .ensureAlpha(0)
      .png()
      .toBuffer();
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({ body: '![图](./a.png)\n\n![图](./b.png)' }),
      'notes/a/a.png': sketch,
      'notes/a/b.png': await png,
    }).load();
    const images = content.entries[0]!.html.match(/<img [^>]*>/g)!;
    expect(images.map((image) => /data-alpha|hasAlpha/i.exec(image)?.[0])).toEqual(['data-alpha', undefined]);
  });

  test('are marked if they are small and stand in a sentence, and if they are too tall for a sheet of paper', async () => {
    const sized = async (width: number, height: number) =>
      sharp(await png)
        .resize(width, height, { fit: 'fill' })
        .toBuffer();
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({
        body: '点 ![图](./icon.png) 就好。\n\n![图](./icon.png)\n\n看 ![图](./photo.png) 这张。\n\n![图](./shot.png) ![图](./icon.png)',
      }),
      'notes/a/icon.png': await sized(90, 48),
      'notes/a/photo.png': await sized(90, 49),
      'notes/a/shot.png': await sized(100, 301),
    }).load();
    const images = content.entries[0]!.html.match(/<img [^>]*>/g)!;
    expect(images.map((image) => /data-(?:in-line|tall)/.exec(image)?.[0])).toEqual([
      'data-in-line',
      undefined,
      undefined,
      'data-tall',
      undefined,
    ]);
  });

  test('need the entry to have a folder of its own', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': noteOf({ body: '![图](./a.png)' }) }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:5 not-own-folder']);
    expect(content.findings[0]!.fix).toBe('把文章移到 notes/a/index.mdx，文件放在它旁边，写成 ./a.png');
  });

  test('include the recording and the cover that the front matter names', async () => {
    const content = await tinyFolder({
      'people/p.mdx': personOf('甲'),
      'talks/a/index.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [p]\naudio: a.mp3\n---\n',
      'talks/a/a.mp3': mp3,
      'talks/b/index.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [p]\naudio: ./b.mp3\n---\n',
      'talks/d/index.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nspeakers: [p]\naudio: https://example.com/d.mp3\n---\n',
      'breakdowns/c/index.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nfor: x\nwork:\n  { kind: book, title: t, authors: [a], publisher: p, year: 2020, cover: ./c.png }\n---\n',
      'breakdowns/c/c.png': await png,
    }).load();
    expect(rulesOf(content)).toEqual([
      'talks/b/index.mdx:5 missing-file',
      'talks/d/index.mdx:5 file-address',
    ]);
    expect(content.entries.find(({ id }) => id === 'talks/a')?.audio).toEqual({
      src: expect.stringMatching(/^\/media\/[0-9a-f]{20}\.mp3$/) as string,
      bytes: 2004,
    });
    expect(content.entries.find(({ id }) => id === 'breakdowns/c')?.cover).toMatchObject({
      width: 1200,
      height: 600,
    });
  });

  test('are not published when their entry is not', async () => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteOf({ date: '2027-01-01', body: '![图](./a.png)' }),
      'notes/a/a.png': await png,
      'notes/b.mdx': noteOf(),
    }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.media).toEqual([]);
  });
});
