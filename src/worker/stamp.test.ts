import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../vault/bytes.ts';
import { stampBuild } from './stamp.ts';

test.each([
  ['<!doctype html><html lang="en"><p>页', '<!doctype html><html data-build="7" lang="en"><p>页'],
  ['<html>', '<html data-build="7">'],
  ['<p>no page</p>', '<p>no page</p>'],
  ['', ''],
])('stamps the build number into %j, if it is a page', (page, stamped) => {
  expect(fromUtf8(stampBuild(utf8(page), 7))).toBe(stamped);
});
