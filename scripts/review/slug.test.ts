import { expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { slugReview } from './slug.ts';

const top = { line: 1, column: 1 };
const places = { source: '', placeOf: () => top, placeAt: () => top };
const review = slugReview(['李曦', '林夏']);

/** Returns what the finding says about a members' entry with this slug. */
function remark(slug: string, more: Partial<Entry<'notes'>> = {}): string | undefined {
  const entry = {
    slug,
    title: '公告只写三行：Dropbox',
    date: '2026-11-20',
    access: 'members',
    data: { teaser: false },
    ...more,
  };
  return review(entry as Entry<'notes'>, places)[0]?.message.split('人人看得到，')[1];
}

test.each([
  ['2026-11-20-k3vq', undefined],
  ['x7f3k', undefined],
  ['gong-gao', '拼出了标题'],
  ['2026-11-20-gonggao', '拼出了标题'],
  ['dropbox-2', '拼出了标题'],
  ['2026-11-20-lixi', '写着“李曦”'],
  ['wen-linxia', '写着“林夏”'],
  ['first-hundred', '看得出内容'],
])('knows what the address %s tells the public', (slug, tells) => {
  expect(remark(slug)).toBe(tells);
});

test('the address of a piece that the public can see may say what it is about', () => {
  expect(remark('gong-gao', { access: 'public' })).toBeUndefined();
  expect(remark('gong-gao', { publicHtml: '<p>一</p>' })).toBeUndefined();
  const data = { teaser: true } as Entry<'notes'>['data'];
  expect(remark('gong-gao', { data })).toBeUndefined();
});
