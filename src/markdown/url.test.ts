import { expect, test } from 'vitest';
import { kindOfAddress } from './url.ts';

test.each([
  ['https://a.cn/x?y=1#z', 'web'],
  ['HTTP://a.cn', 'web'],
  ['mailto:a@b.cn', 'mail'],
  ['#t=754', 'fragment'],
  ['/talks/x/', 'page'],
  ['./a.png', 'file'],
  ['../notes/a.mdx#标题', 'file'],
  ['图.png', 'file'],
  ['./a:b.png', 'file'],
  ['javascript:alert(1)', 'unsafe'],
  ['JaVaScRiPt:alert(1)', 'unsafe'],
  ['java\tscript:alert(1)', 'unsafe'],
  ['java\nscript:alert(1)', 'unsafe'],
  [' javascript:alert(1)', 'unsafe'],
  ['\u0001javascript:alert(1)', 'unsafe'],
  ['mailto:\u202ea@b.cn', 'unsafe'],
  ['https://a.cn/\u2066x', 'unsafe'],
  ['data:text/html,x', 'unsafe'],
  ['vbscript:x', 'unsafe'],
  ['file:///etc/passwd', 'unsafe'],
  ['blob:https://a.cn/1', 'unsafe'],
  ['//a.cn/x', 'unsafe'],
  ['/\\a.cn/x', 'unsafe'],
  ['\\\\a.cn\\x', 'unsafe'],
  ['https:///a b', 'unsafe'],
  ['http://', 'unsafe'],
  ['https:a.cn', 'unsafe'],
  ['https:/a.cn', 'unsafe'],
])('%j is an address of the kind %s', (address, kind) => {
  expect(kindOfAddress(address)).toBe(kind);
});
