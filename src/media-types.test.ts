import { expect, test } from 'vitest';
import { mediaTypeOf } from './media-types.ts';

test.each([
  ['index.html', 'text/html; charset=utf-8'],
  ['media/ab/表.csv', 'text/csv; charset=utf-8'],
  ['film.mp4', 'video/mp4'],
  ['README.TXT', 'text/plain; charset=utf-8'],
  ['图.PNG', 'image/png'],
  ['o/ab/abcd', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
])('%s is served as %s', (name, type) => {
  expect(mediaTypeOf(name)).toBe(type);
});
