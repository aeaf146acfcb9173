import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicates } from './duplicates.ts';

const long = Array.from({ length: 300 }, (_, index) =>
  String.fromCharCode(0x4e00 + ((index * 7919) % 20_000)),
).join('');
const entry = (name: string, text: string, date = '2026-01-01') => ({
  id: `notes/${name}` as const,
  file: `notes/${name}.mdx`,
  text,
  date,
});
const pairs = (...entries: ReturnType<typeof entry>[]) =>
  findDuplicates(entries).map(({ file, message }) => `${file} ${message}`);

test('the later of two nearly equal pieces is reported, with the earlier one', () => {
  const changed = `${long.slice(0, 200)}另外写的一句话，${long.slice(200)}`;
  expect(pairs(entry('a', changed, '2026-02-01'), entry('b', long))).toEqual([
    expect.stringMatching(/^notes\/a\.mdx 和 notes\/b\.mdx 大约 9\d% 相同$/) as string,
  ]);
});

test('punctuation, spaces and width make no difference', () => {
  const spaced = Array.from(long).join(' ').replaceAll('一', '一，');
  expect(pairs(entry('a', long), entry('b', spaced))).toEqual(['notes/b.mdx 和 notes/a.mdx 大约 100% 相同']);
});

test('pieces that share only a passage, and short pieces, are not duplicates', () => {
  const other = Array.from(long).reverse().join('');
  expect(pairs(entry('a', long), entry('b', long.slice(0, 80) + other))).toEqual([]);
  expect(pairs(entry('a', '今晚九点见'), entry('b', '今晚九点见'))).toEqual([]);
});

test('a piece that was pasted a hundred times is reported ninety-nine times', () => {
  const copies = Array.from({ length: 100 }, (_, index) => entry(`n${index}`, `${long}第${index}次`));
  expect(findDuplicates(copies)).toHaveLength(99);
});

test('the order of the entries changes nothing', () => {
  const all = ['a', 'b', 'c', 'd'].map((name, index) => entry(name, long.slice(0, 300 - index * 20)));
  const sorted = (entries: typeof all) => pairs(...entries).sort();
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
      expect(sorted(shuffled)).toEqual(sorted(all));
    }),
  );
});
