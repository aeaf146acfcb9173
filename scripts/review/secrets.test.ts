import { expect, test } from 'vitest';
import { reviewSecrets } from './secrets.ts';

test.each(['微信号', 'vx', '微信：'])(
  'spaces without end after %j are gone through once',
  { timeout: 5000 },
  (word) => {
    expect(reviewSecrets(`${word}${' '.repeat(500_000)}。`)).toEqual([]);
  },
);
