import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { build, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { canary, noteOf } from '../lib/tiny.ts';

let site: TestSite;
const read = (file: string) => readFileSync(join(site.out, file), 'utf8');
/** Returns a page's metadata for link previews: property → content. */
const shared = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...read(file).matchAll(/<meta property="(og:[^"]+)" content="([^"]*)"/g)].map(
      ([, property = '', content = '']) => [property, content],
    ),
  );

/** An entry that shows its title, summary and cover on its door. */
const teased = {
  title: '门外看得到的标题',
  summary: '门外看得到的一句摘要',
  topic: 'inner-circle',
  source: `---
title: 门外看得到的标题
date: 2026-11-02
summary: 门外看得到的一句摘要
slug: 2026-11-02-k3vq
topics: [inner-circle]
people: { author: ann }
work: { kind: book, title: 门外没有的书名, authors: [门外没有的作者], publisher: 门外没有的社, year: 2020, cover: ./cover.png }
for: 门外没有的读者
teaser: true
---

## 门外没有的小节

门外没有的正文。

![门外没有的图](./below.png)

<Quote who="ann">门外没有的金句。</Quote>
`,
};

beforeAll(async () => {
  const picture = (color: string) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background: color } })
      .png()
      .toBuffer();
  site = withContent(testSite('feeds', { KB_SITE: 'https://kb.example/repo/' }), {
    'notes/open/index.mdx': noteOf({
      title: '公开的一则',
      more: 'access: public\nsummary: 谁都能读\n',
      body: '![红](./red.png)',
    }),
    'notes/open/red.png': await picture('red'),
    'notes/half/index.mdx': noteOf({
      title: '开头公开的一则',
      body: `开头。\n\n<Members />\n\n${canary}\n\n![蓝](./blue.png)`,
    }),
    'notes/half/blue.png': await picture('blue'),
    'topics.yaml': `${teased.topic}: { name: 门外没有的话题, definition: 定义 }\n`,
    'people/ann.mdx': '---\nname: 门外没有的人\nrole: 店长\njoined: 2026-01-01\n---\n',
    'breakdowns/told/index.mdx': teased.source,
    'breakdowns/told/cover.png': await picture('green'),
    'breakdowns/told/below.png': await picture('yellow'),
    'notes/closed.mdx': noteOf({ title: '只给成员的一则', more: `summary: ${canary}\n` }),
  });
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n' });
  await build(site);
});

test('the feed has what anyone may read, and nothing else', () => {
  const titles = [...read('feed.xml').matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title);
  expect(titles.slice(1).sort()).toEqual(['公开的一则', '开头公开的一则']);
  expect(read('feed.xml')).not.toContain(canary.slice(0, 8));
  expect(read('notes/open/index.html')).toContain('type="application/atom+xml"');
});

test('crawlers are kept out by robots.txt and on every readable page', () => {
  expect(read('robots.txt')).toBe('User-agent: *\nDisallow: /repo/\n');
  expect(existsSync(join(site.out, 'sitemap.xml'))).toBe(false);
  for (const page of ['index.html', 'notes/open/index.html', 'notes/closed/index.html']) {
    expect(read(page)).toContain('<meta name="robots" content="noindex">');
  }
});

test('a public piece is shared with its picture, from above the line only', () => {
  const open = shared('notes/open/index.html');
  expect(open).toMatchObject({
    'og:title': '公开的一则',
    'og:description': '谁都能读',
    'og:url': 'https://kb.example/repo/notes/open/',
  });
  const picture = open['og:image']!.replace('https://kb.example/repo/', '');
  expect(picture).toMatch(/^media\/[\w-]+\.webp$/);
  expect(existsSync(join(site.out, picture))).toBe(true);

  expect(shared('notes/half/index.html')['og:image']).toBe('https://kb.example/repo/icon-512.png');
  expect(shared('notes/closed/index.html')).toEqual({});
});

test('a teaser shows title, summary and cover on the door of its entry, and nothing else anywhere', () => {
  const door = read('breakdowns/2026-11-02-k3vq/index.html');
  expect(door).toContain('<html lang="zh-CN" data-base="/repo/" data-access="locked">');
  expect(door.replaceAll('<wbr>', '')).toContain(teased.title);
  expect(/<p class="summary"[^>]*>(.*?)<\/p>/.exec(door)?.[1]).toBe(teased.summary);
  expect(shared('breakdowns/2026-11-02-k3vq/index.html')).toMatchObject({
    'og:title': teased.title,
    'og:description': teased.summary,
    'og:url': 'https://kb.example/repo/breakdowns/2026-11-02-k3vq/',
  });
  const cover = shared('breakdowns/2026-11-02-k3vq/index.html')['og:image']!;
  const pictures = listFiles(site.out).filter((file) => file.startsWith('media/'));
  // The red picture of the public piece, and the cover.
  expect(pictures).toHaveLength(2);
  expect(pictures).toContain(cover.replace('https://kb.example/repo/', ''));
  for (const file of listFiles(site.out).filter((name) => !name.startsWith('o/'))) {
    const text = read(file).replaceAll('<wbr>', '');
    expect({ file, tells: /门外没有|inner-circle/.exec(text)?.[0] }).toEqual({ file, tells: undefined });
    const isItsDoor = file === 'breakdowns/2026-11-02-k3vq/index.html';
    expect({ file, teases: text.includes('门外看得到') }).toEqual({ file, teases: isItsDoor });
  }
});

test('a teaser that is removed leaves nothing behind', async () => {
  writeFiles(site.folder, {
    'content/breakdowns/told/index.mdx': teased.source.replace('teaser: true\n', ''),
  });
  await build(site);
  expect(read('breakdowns/2026-11-02-k3vq/index.html')).toBe(read('notes/closed/index.html'));
  expect(listFiles(site.out).filter((file) => file.startsWith('media/'))).toHaveLength(1);
});
