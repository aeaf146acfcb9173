import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noteText, rulesOf, tinyFolder } from './testing.ts';

const person = (name: string, more = '') =>
  `---\nname: ${name}\nrole: 运营\njoined: 2026-01-01\n${more}---\n介绍。\n`;

describe('a folder', () => {
  test('of one note with a title and a date loads', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': noteText() }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries).toMatchObject([
      { id: 'notes/a', address: '/notes/a/', title: '一则', date: '2026-11-01', access: 'members', html: '' },
    ]);
  });

  test('of nothing loads', async () => {
    const content = await tinyFolder({}).load();
    expect(content).toMatchObject({
      entries: [],
      media: [],
      findings: [],
      synonyms: [],
      start: { picks: [] },
    });
  });

  test('that is not there is an error', async () => {
    await expect(tinyFolder({}).load({ root: '/nowhere/content' })).rejects.toThrow('ENOENT');
  });

  test('gives entries newest first, drafts and later ones only when asked', async () => {
    const { load } = tinyFolder({
      'notes/b.mdx': noteText(),
      'notes/a.mdx': noteText(),
      'notes/draft.mdx': noteText('{', 'draft: true\n'),
      'notes/new.mdx': noteText().replace('2026-11-01', '2026-11-22'),
      'notes/later.mdx': noteText().replace('2026-11-01', '2026-11-23'),
    });
    const ids = async (options = {}) => (await load(options)).entries.map(({ id }) => id);
    expect(await ids()).toEqual(['notes/new', 'notes/a', 'notes/b']);
    expect(await ids({ date: '2026-11-23' })).toEqual(['notes/later', 'notes/new', 'notes/a', 'notes/b']);
    expect(rulesOf(await load())).toEqual([]);
    expect(rulesOf(await load({ drafts: true }))).toEqual(['notes/draft.mdx:7 unclosed-component']);
  });

  test('reports what it would pass over in silence', async () => {
    const content = await tinyFolder({
      'README.md': '# 说明',
      'notes/README.md': '# 说明',
      'stubs.yaml': 'people: { anna: 安娜 }\n',
      'topic.yaml': 'a: b',
      'note/a.mdx': noteText(),
      'note/b.mdx': noteText(),
      'notes/a.md': noteText(),
      'notes/photo.png': 'x',
      'notes/empty/photo.png': 'x',
      'notes/two/index.mdx': noteText(),
      'notes/two/other.mdx': noteText(),
      'notes/.hidden.mdx': '{',
    }).load();
    expect(rulesOf(content)).toEqual([
      'note/a.mdx:1 unknown-folder',
      'notes/a.md:1 unknown-file',
      'notes/empty/photo.png:1 missing-index',
      'notes/photo.png:1 unknown-file',
      'notes/two/other.mdx:1 unknown-file',
      'stubs.yaml:1 unknown-file',
      'topic.yaml:1 unknown-file',
    ]);
  });

  test('has each entry and each address once', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteText(),
      'notes/a/index.mdx': noteText(),
      'notes/b.mdx': noteText('', 'slug: same\n'),
      'notes/c.mdx': noteText('', 'slug: same\n'),
      'notes/d.mdx': noteText('', 'aliases: [old, b, same]\n'),
      'people/same.mdx': person('甲'),
      'notes/名字.mdx': noteText(),
      'notes/名字二.mdx': noteText('', 'slug: er\n'),
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a.mdx:1 duplicate-entry',
      'notes/c.mdx:4 duplicate-slug',
      'notes/d.mdx:4 duplicate-slug',
      'notes/名字.mdx:1 file-name',
    ]);
    expect(content.findings[1]!.message).toBe('网址 /notes/same/ 已经是 notes/b.mdx 的');
  });
});

describe('hostile files are refused before they are read', () => {
  test('symbolic links, to files and to folders', async () => {
    const { root, around, load } = tinyFolder({ 'notes/a.mdx': noteText() });
    writeFileSync(join(around, 'secret.mdx'), noteText());
    mkdirSync(join(around, 'outside'));
    writeFileSync(join(around, 'outside/x.mdx'), noteText());
    symlinkSync(join(around, 'secret.mdx'), join(root, 'notes/b.mdx'));
    symlinkSync(join(around, 'outside'), join(root, 'people'));
    symlinkSync(join(around, 'nothing'), join(root, 'topics.yaml'));
    const content = await load();
    expect(rulesOf(content)).toEqual(['notes/b.mdx:1 symlink', 'people:1 symlink', 'topics.yaml:1 symlink']);
    expect(content.entries.map(({ id }) => id)).toEqual(['notes/a']);
  });

  test.skipIf(process.platform === 'win32')('a pipe', async () => {
    const { root, load } = tinyFolder({ 'notes/a.mdx': noteText() });
    execFileSync('mkfifo', [join(root, 'notes/b.mdx')]);
    expect(rulesOf(await load())).toEqual(['notes/b.mdx:1 special-file']);
  });

  test('an entry of 50 MB, at once', async () => {
    const { root, load } = tinyFolder({ 'notes/a.mdx': noteText(), 'topics.yaml': '' });
    truncateSync(join(root, 'notes/a.mdx'), 50 * 1024 * 1024);
    truncateSync(join(root, 'topics.yaml'), 50 * 1024 * 1024);
    const start = process.threadCpuUsage();
    expect(rulesOf(await load())).toEqual(['notes/a.mdx:1 file-too-large', 'topics.yaml:1 file-too-large']);
    // Microseconds of work, not of waiting for others.
    expect(process.threadCpuUsage(start).user).toBeLessThan(1_000_000);
  });

  test('a file that is not UTF-8', async () => {
    const gbk = Buffer.concat([Buffer.from(noteText('正文')), Buffer.from([0xd6, 0xd0, 0xce, 0xc4])]);
    const content = await tinyFolder({ 'notes/a.mdx': gbk, 'topics.yaml': gbk }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:6 not-utf8', 'topics.yaml:6 not-utf8']);
  });

  test('a file with a byte order mark is as good as one without', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': `\ufeff${noteText('正文')}` }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries[0]!.html).toBe('<p>正文</p>');
  });

  test('front matter in a language that would run', async () => {
    const ran = '/tmp/jinghua-front-matter-ran';
    const content = await tinyFolder({
      'notes/a.mdx': `---js\n{ title: require('fs').writeFileSync('${ran}', '') }\n---\n`,
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:1 front-matter-language']);
  });
});

describe('references', () => {
  test('to people, topics and series that are not there', async () => {
    const content = await tinyFolder({
      'people/linxia.mdx': person('林夏'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
      'notes/a.mdx': noteText(
        '<Quote who="linxai">字</Quote>',
        'topics: [retention, retension]\nseries: s\nnumber: 1\npeople: { host: linxia, guest: [linxia, nobody] }\n',
      ),
      'talks/b.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers:\n  - linxia\n  - ghost\n---\n',
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a.mdx:4 unknown-topic',
      'notes/a.mdx:5 unknown-series',
      'notes/a.mdx:7 unknown-person',
      'notes/a.mdx:9 unknown-person',
      'talks/b.mdx:6 unknown-person',
    ]);
    expect(content.findings[0]!.fix).toBe('是不是 retention？');
    expect(content.findings[3]!.fix).toBe('是不是 linxia？');
  });

  test('between entries, by file and by address, with anchors', async () => {
    const { load } = tinyFolder({
      'notes/a.mdx': noteText(
        '[b](./b.mdx) [c](../talks/c/index.mdx#开场) [d](/talks/cc/#t=5) [e](#自己) [f](/topics/retention/) [g](/search/?q=留存)\n\n## 自己',
      ),
      'notes/b.mdx': noteText('[a](a.mdx)'),
      'talks/c/index.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nspeakers: [linxia]\nslug: cc\n---\n## 开场\n\n[a](../../notes/a.mdx) [林夏](../../people/linxia.mdx)',
      'people/linxia.mdx': person('林夏', 'slug: xia\n'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
    });
    const content = await load({ base: '/repo' });
    expect(rulesOf(content)).toEqual([]);
    const [a, , c] = ['notes/a', 'notes/b', 'talks/c'].map((id) =>
      content.entries.find((entry) => entry.id === id)!,
    );
    const opening = c!.headings[0]!.id;
    expect([...a!.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '/repo/notes/b/',
      `/repo/talks/cc/#${opening}`,
      '/repo/talks/cc/#t=5',
      `#${a!.headings[0]!.id}`,
      '/repo/topics/retention/',
      '/repo/search/?q=留存',
    ]);
    expect(a!.links).toEqual(['notes/b', 'talks/c']);
    expect(c!.mentions).toEqual(['linxia']);
    expect(c!.html).toContain('<a href="/repo/people/xia/">林夏</a>');
  });

  test.each([
    ['[x](../notes/none.mdx)', 'broken-link', '检查文件名和文件夹，例如 ../notes/foo.mdx'],
    ['[x](../notes/othr.mdx)', 'broken-link', '是不是 other.mdx？'],
    ['[x](./other)', 'broken-link', '是不是 other.mdx？'],
    ['[x](../talks/other.mdx)', 'broken-link', '是不是 other.mdx？'],
    ['[x](other.mdx#没有)', 'broken-anchor', '写成 # 加小标题，例如 #小标题'],
    ['[x](#没有)', 'broken-anchor', '去掉 # 和后面的字'],
    ['[x](/notes/none/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](/wherever/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](/topics/none/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](../../etc/passwd)', 'outside-content', '只能链接内容文件夹里的文章'],
    ['[x](%2e%2e/%2e%2e/etc/passwd)', 'outside-content', '只能链接内容文件夹里的文章'],
    [
      '[x](sheet.csv)',
      'link-to-file',
      '附件写成 <Attachment src="./sheet.csv" title="名字" />，文章用 .mdx 的相对路径',
    ],
    ['[x](a.cn/b)', 'broken-link', '如果是网址，写成 https://a.cn/b'],
    ['[x](%zz.mdx)', 'broken-link', '直接写文件名，不用编码'],
  ])('%s leads nowhere', async (body, rule, fix) => {
    const content = await tinyFolder({
      'notes/a.mdx': noteText(body),
      'notes/other.mdx': noteText('## 小标题'),
    }).load();
    expect(rulesOf(content)).toEqual([`notes/a.mdx:5 ${rule}`]);
    expect(content.findings[0]!.fix).toBe(fix);
  });

  test('to what is not published yet keep their words and have no link', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteText(
        '[草稿](draft.mdx#哪里) [以后](later.mdx) [以后](/notes/later/) <b>'.replace(' <b>', ''),
      ),
      'notes/draft.mdx': noteText('', 'draft: true\n'),
      'notes/later.mdx': noteText().replace('2026-11-01', '2027-01-01'),
      'start.yaml': 'picks:\n  - { entry: notes/a, why: 好 }\n  - { entry: notes/later, why: 好 }\n',
    }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries[0]!.html).toBe('<p><a>草稿</a> <a>以后</a> <a>以后</a></p>');
    expect(content.start.picks.map(({ entry }) => entry)).toEqual(['notes/a']);
  });

  test('to people are names, and links where there is a page', async () => {
    const content = await tinyFolder({
      'people/a.mdx': person('甲'),
      'people/b.mdx': person('乙', 'draft: true\n'),
      'notes/a.mdx': noteText('<Quote who="a">字</Quote>\n\n<Quote who="b">词</Quote>'),
    }).load({ base: '/repo' });
    expect(rulesOf(content)).toEqual([]);
    const { html, text, mentions } = content.entries.find(({ id }) => id === 'notes/a')!;
    expect(html).toContain('<a class="person" href="/repo/people/a/">甲</a>');
    expect(html).toContain('<span class="person">乙</span>');
    expect(text).toBe('字\n甲\n词\n乙');
    expect(mentions).toEqual(['a', 'b']);
  });

  test('of lists', async () => {
    const content = await tinyFolder({
      'topics.yaml': 'Ab: { name: 甲, definition: x }\nb: { nam: 乙, definition: x }\n',
      'series.yaml': '- a\n',
      'start.yaml': 'picks:\n  - { entry: notes/none, why: x }\n  - { entry: none, why: x }\n',
      'synonyms.yaml': '- [拉新, 获客]\n- [一个]\n',
    }).load();
    expect(rulesOf(content)).toEqual([
      'series.yaml:1 invalid-field',
      'start.yaml:3 invalid-field',
      'synonyms.yaml:2 invalid-field',
      'topics.yaml:1 invalid-field',
      'topics.yaml:2 missing-field',
      'topics.yaml:2 unknown-field',
    ]);
  });

  test('of tiers', async () => {
    const content = await tinyFolder({
      'tiers.yaml': 'patrons: { name: 深度会员 }\nGold: { name: 金 }\n',
      'notes/a.mdx': noteText('', 'tier: patrons\n'),
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:4 unknown-tier', 'tiers.yaml:2 invalid-field']);
    const right = await tinyFolder({
      'tiers.yaml': 'patrons: { name: 深度会员 }\n',
      'people/a.mdx': person('甲', 'tier: patrons\n'),
      'notes/a.mdx': noteText('', 'tier: patrons\n'),
      'notes/b.mdx': noteText('', 'tier: gold\n'),
      'notes/c.mdx': noteText('', 'access: public\ntier: patrons\n'),
      'notes/d.mdx': noteText('', 'tier: members\n'),
    }).load();
    expect(rulesOf(right)).toEqual(['notes/b.mdx:4 unknown-tier', 'notes/c.mdx:5 tier-in-public']);
    expect(right.entries.flatMap(({ id, access }) => (access === 'patrons' ? id : []))).toEqual([
      'notes/a',
      'people/a',
    ]);
  });

  test('of suggestions', async () => {
    const book = '{ title: 书, kind: book, why: x';
    const content = await tinyFolder({
      'people/a.mdx': person('甲'),
      'notes/a.mdx': noteText(''),
      'suggestions.yaml': [
        `- ${book}, by: a, state: planned }`,
        `- ${book}, by: none }`,
        `- ${book}, state: done, entry: notes/a }`,
        `- ${book}, state: done, entry: notes/none }`,
      ].join('\n'),
    }).load();
    expect(rulesOf(content)).toEqual([
      'suggestions.yaml:2 unknown-person',
      'suggestions.yaml:4 unknown-entry',
    ]);
    expect(content.suggestions.map(({ state }) => state)).toEqual(['planned', 'wanted', 'done', 'done']);
    const undone = await tinyFolder({ 'suggestions.yaml': `- ${book}, state: done }` }).load();
    expect(rulesOf(undone)).toEqual(['suggestions.yaml:1 invalid-field']);
  });

  test('to one number of a series twice', async () => {
    const content = await tinyFolder({
      'series.yaml': 's: { title: 系列, summary: x }\n',
      'notes/a.mdx': noteText('', 'series: s\nnumber: 1\n'),
      'notes/b.mdx': noteText('', 'series: s\nnumber: 1\n'),
    }).load();
    expect(rulesOf(content)).toEqual(['notes/b.mdx:5 duplicate-number']);
  });
});

describe('files beside an entry', () => {
  const png = sharp({ create: { width: 1200, height: 600, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();
  const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc4]), Buffer.alloc(2000)]);

  test('are published under the digest of what they hold', async () => {
    const { load } = tinyFolder({
      'notes/a/index.mdx': noteText(
        '![图](./图.png)\n\n<Audio src="a.mp3" />\n\n<Attachment src="./表.csv" title="表" />',
      ),
      'notes/a/图.png': await png,
      'notes/a/a.mp3': mp3,
      'notes/a/表.csv': '甲,乙',
      'notes/b/index.mdx': noteText('![图](./other.png)'),
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
      '/media/…/表.csv text/csv notes/a',
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
      'notes/a/index.mdx': noteText(body),
      'notes/a/a.png': await png,
      'notes/a/broken.png': (await png).subarray(0, 300),
      'notes/a/text.png': 'no image',
      'notes/a/text.mp3': 'no sound',
      'notes/a/page.html': '<p>',
      'notes/a/page.txt': '\ufeff <!DOCTYPE html><script>',
      'notes/a/page.SVG': '<svg/>',
      'notes/a/noextension': 'x',
      'notes/a/huge.png': '',
      'notes/b/index.mdx': noteText(),
      'notes/b/b.png': await png,
    });
    writeFileSync(join(around, 'secret.png'), await png);
    truncateSync(join(root, 'notes/a/huge.png'), 21 * 1024 * 1024);
    const content = await load();
    const errors = content.findings.filter(({ level }) => level === 'error');
    expect(rulesOf({ ...content, findings: errors })).toEqual([`notes/a/index.mdx:5 ${rule}`]);
    expect(content.media).toEqual([]);
  });

  test('that nothing uses are mentioned', async () => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteText('![](./a.png)'),
      'notes/a/a.png': await png,
      'notes/a/b.png': await png,
      'notes/draft/index.mdx': noteText('', 'draft: true\n'),
      'notes/draft/c.png': await png,
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a/b.png:1 unused-file', 'notes/a/index.mdx:5 image-alt']);
    expect(content.findings.map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(content.media).toHaveLength(3);
  });

  test('need a folder of their own', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': noteText('![图](./a.png)') }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:5 not-own-folder']);
    expect(content.findings[0]!.fix).toBe('把文章移到 notes/a/index.mdx，文件放在它旁边，写成 ./photo.jpg');
  });

  test('of the front matter: a recording and a cover', async () => {
    const content = await tinyFolder({
      'people/p.mdx': person('甲'),
      'talks/a/index.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [p]\naudio: ./a.mp3\n---\n',
      'talks/a/a.mp3': mp3,
      'talks/b/index.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [p]\naudio: ./b.mp3\n---\n',
      'breakdowns/c/index.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nfor: x\nwork:\n  { kind: book, title: t, authors: [a], publisher: p, year: 2020, cover: ./c.png }\n---\n',
      'breakdowns/c/c.png': await png,
    }).load();
    expect(rulesOf(content)).toEqual(['talks/b/index.mdx:5 missing-file']);
    expect(content.entries.find(({ id }) => id === 'talks/a')?.audio).toEqual({
      src: expect.stringMatching(/^\/media\/[0-9a-f]{20}\.mp3$/) as string,
      bytes: 2004,
    });
    expect(content.entries.find(({ id }) => id === 'breakdowns/c')?.cover).toMatchObject({
      width: 1200,
      height: 600,
    });
  });

  test('of entries that are not published are not published either', async () => {
    const content = await tinyFolder({
      'notes/a/index.mdx': noteText('![图](./a.png)').replace('2026-11-01', '2027-01-01'),
      'notes/a/a.png': await png,
    }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.media).toEqual([]);
  });
});

describe('the cache', () => {
  test('changes nothing but the time', async () => {
    const { load } = tinyFolder({
      'people/p.mdx': person('甲'),
      'notes/a.mdx': noteText('<Quote who="p">字</Quote>\n\n[b](b.mdx)'),
      'notes/b.mdx': noteText('## 标题'),
    });
    const cold = await load();
    expect(await load()).toEqual(cold);
  });

  test('does not hide that something else has changed', async () => {
    const { root, load } = tinyFolder({
      'people/p.mdx': person('甲'),
      'notes/a.mdx': noteText('<Quote who="p">字</Quote>\n\n[b](b.mdx)'),
      'notes/b.mdx': noteText(),
    });
    const before = (await load()).entries.find(({ id }) => id === 'notes/a')!;
    writeFileSync(join(root, 'people/p.mdx'), person('乙'));
    writeFileSync(join(root, 'notes/b.mdx'), noteText('', 'slug: bb\n'));
    const after = (await load()).entries.find(({ id }) => id === 'notes/a')!;
    expect(after.html).toBe(before.html.replace('甲', '乙').replace('/notes/b/', '/notes/bb/'));
    expect(after.digest).not.toBe(before.digest);
  });

  test('may be broken', async () => {
    const { around, load } = tinyFolder({ 'notes/a.mdx': noteText('正文') });
    const cold = await load();
    for (const file of execFileSync('find', [join(around, 'cache'), '-type', 'f'], { encoding: 'utf8' })
      .trim()
      .split('\n')) {
      writeFileSync(file, '{');
    }
    expect(await load()).toEqual(cold);
  });
});

describe('the members line', () => {
  test('gives the part above it', async () => {
    const { load } = tinyFolder({
      'notes/a.mdx': noteText('公开[^1]。\n\n[^1]: 注\n\n<Members />\n\n会员。'),
    });
    const [entry] = (await load()).entries;
    expect(entry).toMatchObject({ access: 'members' });
    expect(entry!.publicHtml).toContain('公开');
    expect(entry!.publicHtml).not.toContain('会员');
    expect(entry!.html).toContain('会员');
  });

  test.each([
    ['甲[^1]\n\n<Members />\n\n乙\n\n[^1]: 注', '', 'notes/a.mdx:7 members-reference'],
    ['甲[x]\n\n<Members />\n\n乙\n\n[x]: https://a.cn', '', 'notes/a.mdx:7 members-reference'],
    ['甲\n\n<Members />', '', 'notes/a.mdx:7 members-last'],
    ['甲\n\n<Members />\n\n乙', 'access: public\n', 'notes/a.mdx:8 members-in-public'],
    ['甲', 'access: public\nteaser: true\n', 'notes/a.mdx:5 teaser-in-public'],
    ['甲\n\n<Members />\n\n乙', 'teaser: true\n', 'notes/a.mdx:4 teaser-in-public'],
  ])('%j is refused', async (body, more, finding) => {
    expect(rulesOf(await tinyFolder({ 'notes/a.mdx': noteText(body, more) }).load())).toEqual([finding]);
  });
});
