import { expect, test } from 'vitest';
import { reviewSecrets } from './secrets.ts';

test.each(['微信号', 'vx', '微信：'])(
  'spaces without end after %j are gone through once',
  { timeout: 5000 },
  (word) => {
    expect(reviewSecrets(`${word}${' '.repeat(500_000)}。`)).toEqual([]);
  },
);

test('what only begins like a token, again and again, is gone through once', { timeout: 5000 }, () => {
  expect(reviewSecrets('eyJ-'.repeat(100_000))).toEqual([]);
});

test('many findings take no longer than one pass', { timeout: 5000 }, () => {
  const found = reviewSecrets('13800138000\n'.repeat(30_000));
  expect(found).toHaveLength(30_000);
  expect(found.at(-1)).toMatchObject({ line: 30_000, column: 1 });
});
