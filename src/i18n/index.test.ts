import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

/** Lists the paths of all texts: `frame.skip`, `talk.minutes()`. */
function keysOf(texts: object, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return keysOf(value as object, `${path}${key}.`);
    return `${path}${key}${typeof value === 'function' ? '()' : ''}`;
  });
}

test('both languages have the same texts, and none is empty', () => {
  expect(keysOf(en).sort()).toEqual(keysOf(zhCN).sort());
  expect(JSON.stringify([en, zhCN])).not.toContain('""');
});
