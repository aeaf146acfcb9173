import { expect, test } from 'vitest';
import { spotsIn } from './spot.ts';

test('an offset has a line and a column, both counted from 1 and in UTF-16 units', () => {
  const source = '甲\n😀b\n\n尾';
  const spotAt = spotsIn(source);
  const spots = Array.from({ length: source.length + 1 }, (_, offset) => {
    const { line, column } = spotAt(offset);
    return `${line}:${column}`;
  });
  expect(spots).toEqual(['1:1', '1:2', '2:1', '2:2', '2:3', '2:4', '3:1', '4:1', '4:2']);
  expect(spotsIn('')(0)).toEqual({ line: 1, column: 1 });
});
