import { expect, test } from 'vitest';
import { formatTime, isoDuration, isTime, parseTime } from './time.ts';

test.each([
  ['0:00', 0],
  ['0:05', 5],
  ['12:34', 754],
  ['75:00', 4500],
  ['1:02:03', 3723],
  ['10:00:00', 36000],
])('%s is %d seconds', (text, seconds) => {
  expect(parseTime(text)).toBe(seconds);
});

test.each(['', '12', '12:60', '1:60:00', '1:2:3:4', '-1:00', '12:5', ' 12:34', '12:34.5', '１:00'])(
  '“%s” is refused as a time',
  (text) => {
    expect(isTime(text)).toBe(false);
    expect(() => parseTime(text)).toThrow(RangeError);
  },
);

test('a written time is read back as the same second', () => {
  for (const seconds of [0, 59, 60, 754, 3599, 3600, 3723, 36_000]) {
    expect(parseTime(formatTime(seconds))).toBe(seconds);
  }
});

test('durations follow ISO 8601', () => {
  expect([0, 5, 754, 3600, 3723].map(isoDuration)).toEqual(['PT0S', 'PT5S', 'PT12M34S', 'PT1H', 'PT1H2M3S']);
});
