import { expect, test } from 'vitest';
import { reviewSecrets } from './secrets.ts';

test.each(['微信号', 'vx', '微信：'])(
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
