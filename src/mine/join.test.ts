import { expect, test } from 'vitest';
import { quoteOf } from './anchor.ts';
import { joinMarks } from './join.ts';
import type { Highlight } from './log.ts';

const text = Array.from({ length: 9000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('');

function marked(id: string, start: number, end: number, note = ''): Highlight {
  return { id, ...quoteOf(text, { start, end }), note, made: 1, changed: 1 };
}

test('a passage takes in what it touches, with the notes, and leaves the others', () => {
  const known = [marked('a', 0, 10, '甲'), marked('b', 20, 30, '乙'), marked('c', 40, 50)];
  const joined = joinMarks(text, known, { start: 5, end: 25 })!;
  expect(joined).toMatchObject({ exact: text.slice(0, 30), note: '甲\n乙' });
  expect([...joined.gone]).toEqual(['a', 'b']);
});

test('makes nothing that could not be kept: the marks that there are stay', () => {
  const known = [marked('a', 0, 3000), marked('b', 5000, 5010, '注'.repeat(3000))];
  expect(joinMarks(text, known, { start: 2000, end: 4001 })).toBeNull();
  expect(joinMarks(text, known, { start: 2000, end: 4000 })!.exact).toHaveLength(4000);
  const noted = [...known, marked('c', 5020, 5030, '注'.repeat(3000))];
  expect(joinMarks(text, noted, { start: 5005, end: 5025 })).toBeNull();
});
