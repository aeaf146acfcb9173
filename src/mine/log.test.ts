import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLog, parseLog } from './log-format.ts';
import { emptyLog, mergeLogs, type Log, type Piece } from './log.ts';

const highlight = { id: 'h1', exact: '一句话', prefix: '前', suffix: '后', note: '', made: 5, changed: 5 };
const full: Log = {
  pieces: new Map<string, Piece>([
    [
      'talks/2026-11-20-abcd',
      {
        title: '一场直播',
        state: 'reading',
        stateChanged: 10,
        opened: 20,
        place: { share: 0.4, id: 't-754' },
        ticks: { done: ['先写名单'], of: 3 },
        highlights: [highlight],
      },
    ],
    ['notes/短', { title: '短', finished: 30, highlights: [] }],
  ]),
  days: ['2026-11-19', '2026-11-20'],
  checkin: { start: '2026-11-19', notes: { '2026-11-19': '一句' } },
};

test('a log is read back as it was written', () => {
  expect(parseLog(formatLog(full))).toEqual({ log: full, refused: 0 });
  expect(parseLog(formatLog(emptyLog()))).toEqual({ log: emptyLog(), refused: 0 });
});

describe('a file from elsewhere', () => {
  test.each([
    ['not JSON', '{'],
    ['another format', '{"format":"other","version":1,"pieces":{},"days":[]}'],
    ['a later version', '{"format":"jinghua-mine","version":2,"pieces":{},"days":[]}'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('is refused: %s', (_, json) => expect(parseLog(json)).toBeNull());

  const whole = JSON.parse(formatLog(full)) as Record<string, unknown>;
  const piece = { title: '篇', highlights: [] };
  test.each([
    ['an address for an id', { pieces: { 'https://evil.example/': piece } }],
    ['an id that climbs out of its folder', { pieces: { 'talks/../door': piece } }],
    ['an id with markup', { pieces: { 'talks/<img src=x>': piece } }],
    ['an unknown form', { pieces: { 'javascript/x': piece } }],
    ['the prototype', JSON.parse('{"pieces":{"__proto__":{"title":"x","highlights":[]}}}') as object],
    ['an unknown state', { pieces: { 'notes/a': { ...piece, state: 'admin' } } }],
    ['a title that is an object', { pieces: { 'notes/a': { ...piece, title: {} } } }],
    ['a negative time', { pieces: { 'notes/a': { ...piece, opened: -1 } } }],
    ['a time after the last possible date', { pieces: { 'notes/a': { ...piece, opened: 9e15 } } }],
    ['a share past the end', { pieces: { 'notes/a': { ...piece, place: { share: 7, id: '' } } } }],
    [
      'a mark without words',
      { pieces: { 'notes/a': { ...piece, highlights: [{ ...highlight, exact: ' ' }] } } },
    ],
    [
      'a mark that is too long',
      { pieces: { 'notes/a': { ...piece, highlights: [{ ...highlight, exact: '长'.repeat(5000) }] } } },
    ],
    ['too many marks', { pieces: { 'notes/a': { ...piece, highlights: Array(501).fill(highlight) } } }],
    ['an id with a lone surrogate', { pieces: { 'notes/\ud800': piece } }],
    [
      'a place with a lone surrogate',
      { pieces: { 'notes/a': { ...piece, place: { share: 0, id: '\udc00' } } } },
    ],
    [
      'a mark whose id has a lone surrogate',
      { pieces: { 'notes/a': { ...piece, highlights: [{ ...highlight, id: '\ud800' }] } } },
    ],
    ['a date that does not exist', { days: ['2026-13-40'] }],
    ['30 February', { days: ['2026-02-30'] }],
    ['days that are not a list', { days: 'yesterday' }],
    ['a check-in without a start', { checkin: { notes: {} } }],
  ])('is counted as partly refused for %s', (_, change) => {
    const parsed = parseLog(JSON.stringify({ ...whole, ...change }))!;
    expect(parsed.refused).toBeGreaterThan(0);
    expect(Object.prototype).not.toHaveProperty('title');
  });

  test('never throws when it is read, and what is left of it can be written', () => {
    const value = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(fc.record({ pieces: value, days: value, checkin: value }), (rest) => {
        const parsed = parseLog(JSON.stringify({ format: 'jinghua-mine', version: 1, ...rest }))!;
        expect(parseLog(formatLog(parsed.log))).toEqual({ log: parsed.log, refused: 0 });
      }),
    );
  });
});

describe('merging two logs', () => {
  const of = (piece: Partial<Piece>): Log => ({
    pieces: new Map([['notes/a', { title: '篇', highlights: [], ...piece }]]),
    days: [],
  });
  const merged = (a: Partial<Piece>, b: Partial<Piece>) => mergeLogs(of(a), of(b)).pieces.get('notes/a');

  test('loses nothing of either', () => {
    const other: Log = {
      pieces: new Map([['notes/b', { title: '乙', highlights: [] }]]),
      days: ['2026-11-18'],
    };
    const both = mergeLogs(full, other);
    expect([...both.pieces.keys()]).toEqual([...full.pieces.keys(), 'notes/b']);
    expect(both.days).toEqual(['2026-11-18', ...full.days]);
    expect(both.checkin).toEqual(full.checkin);
  });

  test('takes the later state, even when that is none', () => {
    expect(merged({ state: 'saved', stateChanged: 1 }, { state: 'practised', stateChanged: 2 })?.state).toBe(
      'practised',
    );
    expect(merged({ stateChanged: 3 }, { state: 'practised', stateChanged: 2 })?.state).toBeUndefined();
  });

  test('keeps the marks of both, with the later note of a shared mark', () => {
    const edited = { ...highlight, note: '改过', changed: 9 };
    const second = { ...highlight, id: 'h2', made: 1 };
    expect(merged({ highlights: [highlight] }, { highlights: [edited, second] })?.highlights).toEqual([
      second,
      edited,
    ]);
  });

  test('gives the same in either order, and changes nothing when repeated', () => {
    const other = of({ state: 'saved', stateChanged: 4, opened: 7, ticks: { done: ['b'], of: 2 } });
    const one = mergeLogs(full, other);
    expect(mergeLogs(other, full).pieces.get('notes/a')).toEqual(one.pieces.get('notes/a'));
    expect(mergeLogs(one, other)).toEqual(one);
  });
});
