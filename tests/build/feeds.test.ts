import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { build, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { canary, noteOf } from '../lib/tiny.ts';

let site: TestSite;
const read = (file: string) => readFileSync(join(site.out, file), 'utf8');
/** What a page says of itself where it is shared: property → content. */
const shared = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...read(file).matchAll(/<meta property="(og:[^"]+)" content="([^"]*)"/g)].map(
      ([, property = '', content = '']) => [property, content],
    ),
  );

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

test('crawlers are kept off, and told so on every readable page', () => {
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
