import { expect, test } from 'vitest';
import { quoteOf } from './anchor.ts';
import { joinMarks } from './join.ts';
import type { Highlight } from './log.ts';

const text = Array.from({ length: 9000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('');

function marked(id: string, start: number, end: number, note = ''): Highlight {
  return { id, ...quoteOf(text, { start, end }), note, made: 1, changed: 1 };
}

test('a new mark absorbs the marks that it touches, with their notes, and leaves the others', () => {
  const known = [marked('a', 0, 10, '甲'), marked('b', 20, 30, '乙'), marked('c', 40, 50)];
  expect(joinMarks(text, known, { start: 5, end: 25 })).toMatchObject({
    exact: text.slice(0, 30),
    note: '甲\n乙',
    gone: new Set(['a', 'b']),
  });
});

test('a mark that would be too long, or one too many, is refused', () => {
  const known = [marked('a', 0, 3000), marked('b', 5000, 5010, '注'.repeat(3000))];
  expect(joinMarks(text, known, { start: 2000, end: 4001 })).toBe('tooLong');
  expect(joinMarks(text, known, { start: 2000, end: 4000 })).toMatchObject({ exact: text.slice(0, 4000) });
  const noted = [...known, marked('c', 5020, 5030, '注'.repeat(3000))];
  expect(joinMarks(text, noted, { start: 5005, end: 5025 })).toBe('tooLong');
  const full = Array.from({ length: 500 }, (_, at) => marked(`m${at}`, at * 10, at * 10 + 5));
  expect(joinMarks(text, full, { start: 6000, end: 6005 })).toBe('tooMany');
  expect(joinMarks(text, full, { start: 3, end: 8 })).toMatchObject({ gone: new Set(['m0']) });
});
