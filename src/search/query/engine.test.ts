import { expect, test, vi } from 'vitest';

vi.stubGlobal('__BASE__', '/');
const { countRows } = await import('./engine.ts');

test.each([
  [[4, 5, 6], 3, 1],
  [[4, 5, 7], 3, 0],
  [[1, 4, 5, 6, 9], 3, 1],
  [[1, 2, 3, 4, 5, 6], 3, 2],
  [[1, 2, 3, 4, 5], 3, 1],
  [[0, 2, 3], 2, 1],
  [[], 2, 0],
])('in the positions %j, rows of %i consecutive ones are counted as %i', (positions, length, rows) => {
  expect(countRows(positions, length)).toBe(rows);
});
