import { expect, test } from 'vitest';
import { reviewSecrets } from './secrets.ts';

test.each([
  '加我微信 linxia_2020',
  '加V：linxia2020',
  '加vx linxia-20',
  '薇信linxia2020',
  'V信: linxia_2020',
])('%s is reported', (text) => {
  expect(reviewSecrets(`想聊的${text}`).map(({ rule }) => rule)).toEqual(['wechat-id']);
});

test.each(['加微信 official 群', '加 V 领资料', '微信 8.0.50'])('%s is not', (text) => {
  expect(reviewSecrets(text)).toEqual([]);
});

test.each(['微信号', 'vx', '微信：', '加微信'])(
  'many spaces after %j are read in linear time',
  { timeout: 5000 },
  (word) => {
    expect(reviewSecrets(`${word}${' '.repeat(500_000)}。`)).toEqual([]);
  },
);

test('many beginnings of a token are read in linear time', { timeout: 5000 }, () => {
  expect(reviewSecrets('eyJ-'.repeat(100_000))).toEqual([]);
});

test('many findings are located in linear time', { timeout: 5000 }, () => {
  const found = reviewSecrets('13800138000\n'.repeat(30_000));
  expect(found).toHaveLength(30_000);
  expect(found.at(-1)).toMatchObject({ line: 30_000, column: 1 });
});
