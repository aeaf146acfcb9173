import { expect, test } from 'vitest';
import { newsOf, weeksOf, type Newsworthy } from './news.ts';

function piece(id: string, date: string, rest: object = {}): Newsworthy {
  const [form] = id.split('/');
  return { id, form, date, quotes: [], open: [], ...rest } as unknown as Newsworthy;
}
const ids = (pieces: Newsworthy[]) => pieces.map(({ id }) => id);

const all = [
  piece('notes/next-monday', '2026-11-23'),
  piece('digests/w47', '2026-11-22'),
  piece('notes/sunday', '2026-11-22'),
  piece('discussions/tuesday', '2026-11-17', { open: ['谁来值日？', '几个人够？'] }),
  piece('talks/monday', '2026-11-16', { quotes: [{ id: 'q-1', text: '先留住十个人。' }] }),
  piece('notes/last-year', '2025-11-18'),
  piece('notes/other-week', '2025-11-10'),
  piece('digests/before', '2024-11-20'),
];

test('gathers the pieces of a week by form, with quotes and open questions', () => {
  const { forms, quotes, open } = newsOf(all, '2026-W47');
  expect(forms.map(({ form, pieces }) => [form, ids(pieces)])).toEqual([
    ['talks', ['talks/monday']],
    ['discussions', ['discussions/tuesday']],
    ['notes', ['notes/sunday']],
  ]);
  expect(quotes.map(({ quote, piece: { id } }) => [quote.text, id])).toEqual([
    ['先留住十个人。', 'talks/monday'],
  ]);
  expect(open.map(({ question }) => question)).toEqual(['谁来值日？', '几个人够？']);
});

test('looks back at the same week of earlier years', () => {
  expect(newsOf(all, '2026-W47').past.map(({ week, pieces }) => [week, ids(pieces)])).toEqual([
    ['2025-W47', ['notes/last-year']],
    ['2024-W47', ['digests/before']],
  ]);
});

test('lists the weeks that have pieces, the newest first', () => {
  expect(weeksOf(all)).toEqual(['2026-W48', '2026-W47', '2025-W47', '2025-W46', '2024-W47']);
});
