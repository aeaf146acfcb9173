import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('a folder', () => {
  test('of one note with a title and a date loads', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': noteOf({ body: '' }) }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries).toMatchObject([
      { id: 'notes/a', address: '/notes/a/', title: '一则', date: '2026-11-01', access: 'members', html: '' },
    ]);
  });

  test('gives an entry the same digest wherever the folder is', async () => {
    const digests = await Promise.all(
      [1, 2].map(
        async () =>
          (await tinyFolder({ 'notes/a.mdx': noteOf({ body: '正文。' }) }).load()).entries[0]!.digest,
      ),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  test('that is empty loads with a warning', async () => {
    const content = await tinyFolder({}).load();
    expect(content).toMatchObject({
      entries: [],
      media: [],
      findings: [{ rule: 'nothing-to-publish', level: 'warning' }],
      synonyms: [],
      start: { picks: [] },
    });
  });

  test('that does not exist is an error', async () => {
    await expect(tinyFolder({}).load({ root: '/nowhere/content' })).rejects.toThrow('ENOENT');
  });

  test('lists entries newest first, with drafts and later ones only when asked', async () => {
    const { load } = tinyFolder({
      'notes/b.mdx': noteOf(),
      'notes/a.mdx': noteOf(),
      'notes/draft.mdx': noteOf({ more: 'draft: true\n', body: '{' }),
      'notes/new.mdx': noteOf({ date: '2026-11-22' }),
      'notes/later.mdx': noteOf({ date: '2026-11-23' }),
    });
    const ids = async (options = {}) => (await load(options)).entries.map(({ id }) => id);
    expect(await ids()).toEqual(['notes/new', 'notes/a', 'notes/b']);
    expect(await ids({ date: '2026-11-23' })).toEqual(['notes/later', 'notes/new', 'notes/a', 'notes/b']);
    expect(rulesOf(await load())).toEqual([]);
    expect(rulesOf(await load({ drafts: true }))).toEqual(['notes/draft.mdx:6 unclosed-component']);
  });

  test('reports misplaced files instead of silently ignoring them', async () => {
    const content = await tinyFolder({
      'README.md': '# 说明',
      'notes/README.md': '# 说明',
      'stubs.yaml': 'people: { anna: 安娜 }\n',
      'topic.yaml': 'a: b',
      'note/a.mdx': noteOf(),
      'note/b.mdx': noteOf(),
      'notes/a.md': noteOf(),
      'notes/photo.png': 'x',
      'notes/empty/photo.png': 'x',
      'notes/two/index.mdx': noteOf(),
      'notes/two/other.mdx': noteOf(),
      'notes/three/three.mdx': noteOf(),
      'notes/2026/deep/index.mdx': noteOf(),
      'notes/.hidden.mdx': '{',
    }).load();
    expect(rulesOf(content)).toEqual([
      'note/a.mdx:1 unknown-folder',
      'notes/2026/deep/index.mdx:1 unknown-file',
      'notes/a.md:1 unknown-file',
      'notes/empty/photo.png:1 missing-index',
      'notes/photo.png:1 unknown-file',
      'notes/three/three.mdx:1 missing-index',
      'notes/two/other.mdx:1 unknown-file',
      'stubs.yaml:1 unknown-file',
      'topic.yaml:1 unknown-file',
    ]);
    expect(content.findings.slice(0, 6).map(({ fix }) => fix)).toEqual([
      '是不是 notes？',
      '移到 notes/deep/index.mdx',
      '改名成 a.mdx',
      '文章写成 notes/empty/index.mdx',
      '放到 notes/文章名/ 里，文章写成 notes/文章名/index.mdx',
      '把 three.mdx 改名成 index.mdx',
    ]);
  });

  test('has each entry and each address only once', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf(),
      'notes/a/index.mdx': noteOf(),
      'notes/b.mdx': noteOf({ more: 'slug: same\n' }),
      'notes/c.mdx': noteOf({ more: 'slug: same\n' }),
      'notes/d.mdx': noteOf({ more: 'aliases: [old, b, same]\n' }),
      'notes/e.mdx': noteOf({ more: 'slug: own\naliases: [own]\n' }),
      'people/same.mdx': personOf('甲'),
      'notes/名字.mdx': noteOf(),
      'notes/名字二.mdx': noteOf({ more: 'slug: er\n' }),
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a.mdx:1 duplicate-entry',
      'notes/b.mdx:4 duplicate-slug',
      'notes/c.mdx:4 duplicate-slug',
      'notes/d.mdx:4 duplicate-slug',
      'notes/e.mdx:5 duplicate-slug',
      'notes/名字.mdx:1 file-name',
    ]);
    expect(content.findings.slice(1, 5).map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '网址 /notes/same/ 已经是 notes/c.mdx 的 → 换一个 slug，改新写的那一篇',
      '网址 /notes/same/ 已经是 notes/b.mdx 的 → 换一个 slug，改新写的那一篇',
      '网址 /notes/same/ 已经是 notes/b.mdx 的 → 从 aliases 里删掉它',
      '网址 /notes/own/ 已经是这一篇的 → 从 aliases 里删掉它',
    ]);
  });
});

describe('the cache', () => {
  test('changes nothing in the result', async () => {
    const { load } = tinyFolder({
      'people/p.mdx': personOf('甲'),
      'notes/a.mdx': noteOf({ body: '<Quote who="p">字</Quote>\n\n[b](b.mdx)' }),
      'notes/b.mdx': noteOf({ body: '## 标题' }),
    });
    const cold = await load();
    expect(await load()).toEqual(cold);
  });

  test('does not hide a change to a person or to a linked entry', async () => {
    const { root, load } = tinyFolder({
      'people/p.mdx': personOf('甲'),
      'notes/a.mdx': noteOf({ body: '<Quote who="p">字</Quote>\n\n[b](b.mdx)' }),
      'notes/b.mdx': noteOf(),
    });
    const before = (await load()).entries.find(({ id }) => id === 'notes/a')!;
    writeFileSync(join(root, 'people/p.mdx'), personOf('乙'));
    writeFileSync(join(root, 'notes/b.mdx'), noteOf({ more: 'slug: bb\n' }));
    const after = (await load()).entries.find(({ id }) => id === 'notes/a')!;
    expect(after.html).toBe(before.html.replace('甲', '乙').replace('/notes/b/', '/notes/bb/'));
    expect(after.digest).not.toBe(before.digest);
  });

  test('may be corrupt without changing the result', async () => {
    const { around, load } = tinyFolder({ 'notes/a.mdx': noteOf({ body: '正文' }) });
    const cold = await load();
    const kept = readdirSync(join(around, 'cache'), { recursive: true, withFileTypes: true }).filter((item) =>
      item.isFile(),
    );
    expect(kept).not.toEqual([]);
    for (const { parentPath, name } of kept) writeFileSync(join(parentPath, name), '{');
    expect(await load()).toEqual(cold);
  });
});

describe('the members line', () => {
  test('separates the public part above it', async () => {
    const { load } = tinyFolder({
      'notes/a.mdx': noteOf({ body: '公开[^1]。\n\n[^1]: 注\n\n<Members />\n\n会员。' }),
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
  ])('%j with %j in the front matter is refused', async (body, more, finding) => {
    expect(rulesOf(await tinyFolder({ 'notes/a.mdx': noteOf({ more, body }) }).load())).toEqual([finding]);
  });

  test('a teardown that ends with the line still needs its steps', async () => {
    const text = noteOf({
      more: 'case: { name: 案, channel: offline, period: 今年 }\n',
      body: '<Background>\n字\n</Background>\n\n<Members />',
    });
    const folder = tinyFolder({ 'teardowns/a.mdx': text, 'notes/a.mdx': noteOf({ body: '字' }) });
    expect(rulesOf(await folder.load())).toEqual([
      'teardowns/a.mdx:10 step-missing',
      'teardowns/a.mdx:10 members-last',
    ]);
  });
});
