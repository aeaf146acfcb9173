import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { encodeReminders, findLastDay } from './reminders.ts';
import { noise, SECRET } from './testkit.ts';
import { importToken, issueToken, parseToken } from './token.ts';

const date = '2026-11-28';
const days = ['2026-11-28', '2026-11-29', '2026-12-12'];
const endings = [
  { id: 'lin', serial: 1, lastDay: '2026-12-12' },
  { id: '卫', serial: 2, lastDay: '2026-11-28' },
];
const keyOf = async (id: string, serial: number) =>
  importToken(parseToken(await issueToken(SECRET, id, serial))!);
const marksOf = (list: Uint8Array) => new Set(Buffer.from(list.subarray(10)).toString('hex').match(/.{32}/g));

test('each member finds their own last day, and nobody else’s', async () => {
  const list = await encodeReminders(SECRET, date, endings);
  expect(await findLastDay(list, await keyOf('lin', 1), days)).toBe('2026-12-12');
  expect(await findLastDay(list, await keyOf('卫', 2), days)).toBe('2026-11-28');
  // Of another member, of an earlier token of the same, and of a day that was not asked for.
  expect(await findLastDay(list, await keyOf('gu', 1), days)).toBeUndefined();
  expect(await findLastDay(list, await keyOf('卫', 1), days)).toBeUndefined();
  expect(await findLastDay(list, await keyOf('lin', 1), days.slice(0, 2))).toBeUndefined();
});

test('a list has the same bytes whatever the order of its members', async () => {
  const list = await encodeReminders(SECRET, date, endings);
  expect(await encodeReminders(SECRET, date, [...endings].reverse())).toEqual(list);
});

test('decoys hide the number of members, and no mark is the same the next day', async () => {
  const lists = await Promise.all([
    encodeReminders(SECRET, date, []),
    encodeReminders(SECRET, date, endings),
    encodeReminders(SECRET, '2026-11-29', endings),
  ]);
  for (const list of lists) expect(marksOf(list).size).toBe(32);
  const [none, some, next] = lists.map((list) => [...marksOf(list)]);
  expect(some!.filter((mark) => !none!.includes(mark))).toHaveLength(2);
  expect(some!.filter((mark) => next!.includes(mark))).toEqual([]);

  const many = Array.from({ length: 33 }, (_, i) => ({ id: `m${i}`, serial: 1, lastDay: date }));
  expect(marksOf(await encodeReminders(SECRET, date, many)).size).toBe(64);
});

test.each([
  ['nothing', new Uint8Array()],
  ['a web page', utf8('<!doctype html>')],
  ['a torn mark', utf8(`${date}123`)],
  ['noise', noise(26)],
])('%s is refused', async (_, list) => {
  await expect(findLastDay(list, await keyOf('lin', 1), days)).rejects.toThrow();
});
