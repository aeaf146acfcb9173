import { beforeEach, expect, test, vi } from 'vitest';
import { formatLog } from './log-format.ts';
import { emptyLog, MOST, type Highlight, type Log, type Piece } from './log.ts';

vi.stubGlobal('__BASE__', '/');
const stored = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
});
const { loadFile } = await import('./file.ts');
const { changeLog, clearLog, readLog } = await import('./store.ts');
beforeEach(clearLog);

const marksFrom = (first: number, count: number): Highlight[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `m${first + at}`,
    exact: '一句话',
    prefix: '',
    suffix: '',
    note: '',
    made: first + at,
    changed: 0,
  }));
const pieceOf = (more: Partial<Piece>): Piece => ({ title: '篇', highlights: [], ...more });
const logOf = (more: Partial<Log>): Log => ({ ...emptyLog(), ...more });
const ofNote = (more: Partial<Piece>) => logOf({ pieces: new Map([['notes/a', pieceOf(more)]]) });
const many = <T>(count: number, of: (at: number) => T) => Array.from({ length: count }, (_, at) => of(at));
const dayOf = (at: number) => new Date(Date.UTC(2000, 0, 1 + at)).toISOString().slice(0, 10);

test('an imported file is merged into the existing log', async () => {
  changeLog(() => ofNote({ highlights: marksFrom(1000, 1) }));
  expect(await loadFile(new Blob([formatLog(ofNote({ highlights: marksFrom(0, 2) }))]))).toHaveProperty(
    'log',
  );
  expect(
    readLog()
      .pieces.get('notes/a')
      ?.highlights.map(({ id }) => id),
  ).toEqual(['m0', 'm1', 'm1000']);
});

test.each([
  [
    'marks',
    ofNote({ highlights: marksFrom(1000, 1) }),
    ofNote({ highlights: marksFrom(0, MOST.highlights) }),
  ],
  [
    'ticks',
    ofNote({ ticks: { done: ['做完'], of: 2 } }),
    ofNote({ ticks: { done: many(MOST.ticks, String), of: 300 } }),
  ],
  ['pieces', ofNote({}), logOf({ pieces: new Map(many(MOST.pieces, (at) => [`notes/${at}`, pieceOf({})])) })],
  ['days', logOf({ days: ['2026-11-22'] }), logOf({ days: many(MOST.days, dayOf) })],
  [
    'lines of a check-in',
    logOf({ checkin: { start: '2026-11-22', notes: { '2026-11-22': '今天' } } }),
    logOf({
      checkin: { start: '2000-01-01', notes: Object.fromEntries(many(MOST.days, (at) => [dayOf(at), '行'])) },
    }),
  ],
])(
  'a file with so many %s that existing ones would have to go is refused and changes nothing',
  async (...row) => {
    const [, mine, other] = row;
    changeLog(() => mine);
    expect(await loadFile(new Blob([formatLog(other)]))).toEqual({ reason: 'tooMuch' });
    expect(readLog()).toEqual(mine);
  },
);

test('dates in the future in an imported file are moved back to now, or left out', async () => {
  const later = Date.now() + 1e9;
  const other = logOf({
    pieces: new Map([
      [
        'notes/a',
        pieceOf({ opened: later, stateChanged: later, state: 'saved', highlights: marksFrom(later, 1) }),
      ],
    ]),
    days: ['2020-11-20', '9999-12-30'],
    checkin: { start: '9999-12-30', notes: {} },
  });
  await loadFile(new Blob([formatLog(other)]));
  const { pieces, days, checkin } = readLog();
  const { opened, stateChanged, finished, state, highlights } = pieces.get('notes/a')!;
  expect(Math.max(opened!, stateChanged!, highlights[0]!.made)).toBeLessThanOrEqual(Date.now());
  expect({ state, finished, days, checkin }).toEqual({
    state: 'saved',
    finished: undefined,
    days: ['2020-11-20'],
    checkin: undefined,
  });
});
