import { expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { site as community } from '../../src/site.ts';
import { composeFeeds } from './feeds.ts';

const entries = [
  {
    form: 'talks',
    title: '留存 <b> & "引号"',
    address: '/talks/b/',
    date: '2026-11-02',
    data: { summary: '一句\u0001话', updated: '2026-11-09' },
  },
  { form: 'notes', title: '一则笔记', address: '/notes/a/', date: '2026-11-01', data: {} },
  { form: 'people', title: '林夏', address: '/people/lin/', date: '2026-10-01', data: {} },
] as unknown as Content['entries'];
const at = { site: 'https://kb.example/repo', base: '/repo' };

test('writes an Atom feed of the public pieces', () => {
  expect(composeFeeds({ entries }, at).get('feed.xml')).toBe(
    '<?xml version="1.0" encoding="utf-8"?>' +
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>${community.name}</title>` +
      `<subtitle>${community.tagline}</subtitle><id>https://kb.example/repo/</id>` +
      '<link href="https://kb.example/repo/"></link>' +
      '<link rel="self" href="https://kb.example/repo/feed.xml"></link>' +
      `<updated>2026-11-09T00:00:00+08:00</updated><author><name>${community.name}</name></author>` +
      '<entry><title>留存 &#x3C;b> &#x26; "引号"</title><id>https://kb.example/repo/talks/b/</id>' +
      '<link href="https://kb.example/repo/talks/b/"></link><published>2026-11-02T00:00:00+08:00</published>' +
      '<updated>2026-11-09T00:00:00+08:00</updated><summary>一句话</summary></entry>' +
      '<entry><title>一则笔记</title><id>https://kb.example/repo/notes/a/</id>' +
      '<link href="https://kb.example/repo/notes/a/"></link><published>2026-11-01T00:00:00+08:00</published>' +
      '<updated>2026-11-01T00:00:00+08:00</updated></entry></feed>\n',
  );
});

test('crawlers are kept out unless the site lets them in', () => {
  const closed = composeFeeds({ entries }, at, { ...community, crawlers: 'none' });
  expect(closed.get('robots.txt')).toBe('User-agent: *\nDisallow: /repo/\n');
  expect(closed.has('sitemap.xml')).toBe(false);

  const open = composeFeeds({ entries }, at, { ...community, crawlers: 'public pages' });
  expect(open.get('robots.txt')).toBe(
    'User-agent: *\nDisallow: /repo/o/\n\nSitemap: https://kb.example/repo/sitemap.xml\n',
  );
  expect([...open.get('sitemap.xml')!.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, loc]) => loc)).toEqual(
    ['/', '/talks/b/', '/notes/a/', '/people/lin/'].map((path) => at.site + path),
  );
});

test('writes no feed without a site address or a public piece', () => {
  expect([...composeFeeds({ entries }, { site: undefined, base: '' }).keys()]).toEqual(['robots.txt']);
  expect([...composeFeeds({ entries: [] }, at).keys()]).toEqual(['robots.txt']);
});
