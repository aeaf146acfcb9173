import { expect, test } from 'vitest';
import { contributionsOf } from './contributions.ts';
import type { Newsworthy } from './news.ts';

const piece = (form: string, date: string, data: object, said: { who?: string }[] = []) =>
  ({ form, date, said, data: { people: {}, ...data } }) as unknown as Newsworthy;

test('counts own pieces, help and words between two dates, each piece once', () => {
  const pieces = [
    piece('talks', '2026-11-30', { speakers: ['he'], people: { guest: ['he'], host: ['lin'] } }),
    piece('discussions', '2026-11-01', { asked_by: 'lin', people: { editor: ['lin'] } }, [
      { who: 'su' },
      { who: 'su' },
      {},
    ]),
    piece('notes', '2026-12-01', { people: { author: ['su'] } }),
  ];
  expect(contributionsOf(pieces, '2026-11-01', '2026-11-30')).toEqual([
    { who: 'he', pieces: 1, helped: 0, said: 0 },
    { who: 'lin', pieces: 0, helped: 2, said: 0 },
    { who: 'su', pieces: 0, helped: 0, said: 2 },
  ]);
});

test('ranks own pieces before help before words, and equals by id', () => {
  const pieces = [
    piece('notes', '2026-11-02', { people: { author: ['b'], editor: ['c'] } }, [{ who: 'd' }]),
    piece('notes', '2026-11-02', { people: { author: ['a'] } }),
  ];
  expect(contributionsOf(pieces, '2026-11-01', '2026-11-30').map(({ who }) => who)).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
});
