import { expect, test } from 'vitest';
import { isPage, isPlain, logicalPath } from './address.ts';

test.each([
  ['https://x.org/', 'https://x.org/', '/'],
  ['https://x.org/', 'https://x.org/talks/a/', '/talks/a/'],
  ['https://x.org/', 'https://x.org/talks/a/index.html?from=timeline&isappinstalled=0#t=754', '/talks/a/'],
  ['https://x.org/', 'https://x.org/index.html', '/'],
  ['https://x.org/', 'https://x.org/topics/%E7%95%99%E5%AD%98/', '/topics/留存/'],
  ['https://x.org/', 'https://x.org/%E0%A4%A', '/%E0%A4%A'],
  ['https://x.org/repo/', 'https://x.org/repo/', '/'],
  ['https://x.org/repo/', 'https://x.org/repo/media/1a.mp3', '/media/1a.mp3'],
  ['https://x.org/repo/', 'https://x.org/repo2/', null],
  ['https://x.org/repo/', 'https://x.org/other/', null],
  ['https://x.org/', 'https://y.org/', null],
])('on the site %s the address %s has the path %s', (base, address, path) => {
  expect(logicalPath(new URL(address), new URL(base))).toBe(path);
});

test('leaves only unsealed files to the host', () => {
  const plain = ['/root', '/sw.js', '/o/ab/abcd', '/a/page.css', '/pagefind/public/pagefind.js'];
  const ours = [
    '/',
    '/rooted',
    '/sw.js/',
    '/a',
    '/pagefind/members/pagefind.js',
    '/media/1.webp',
    '/talks/a/',
  ];
  expect(plain.filter(isPlain)).toEqual(plain);
  expect(ours.filter(isPlain)).toEqual([]);
});

test('treats only directories and the 404 page as pages', () => {
  expect(['/', '/talks/a/', '/404.html'].every(isPage)).toBe(true);
  expect(['/media/a.html', '/pagefind/members/x.js', '/robots.txt'].some(isPage)).toBe(false);
});
