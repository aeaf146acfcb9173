import { dayInShanghai } from '../model/week.ts';

/** The log of a member's reading: what is in it, and how two of them become one. */

export const STATES = ['saved', 'reading', 'practised'] as const;
/** 收藏 → 在读 → 已实践. */
export type State = (typeof STATES)[number];

/** A marked passage: its text and the text around it, so that it can be found again after the entry was edited. */
export interface Highlight {
  id: string;
  exact: string;
  prefix: string;
  suffix: string;
  note: string;
  /** Milliseconds since 1970, as all times here. */
  made: number;
  changed: number;
}

/** The part of the log about one entry. */
export interface Piece {
  /** The entry's title when it was last open. */
  title: string;
  state?: State;
  /** When the state was last set or removed. */
  stateChanged?: number;
  /** When it was last read. */
  opened?: number;
  /** How far it was read, 0 to 1, and the id of the element where the reader was. */
  place?: { share: number; id: string };
  /** When its end was first reached. */
  finished?: number;
  /** Ticked tasks, by their text, and the number of all tasks. */
  ticks?: { done: string[]; of: number };
  highlights: Highlight[];
}

/** Fourteen days of reading: the first day, and the reader's lines by day (YYYY-MM-DD). */
export interface Checkin {
  start: string;
  notes: Record<string, string>;
}

export interface Log {
  /** By id: FORM/SLUG. */
  pieces: Map<string, Piece>;
  /** Days on which something was read (YYYY-MM-DD in Shanghai), in order. */
  days: string[];
  checkin?: Checkin;
}

/** The fields of a piece that are times. */
export const TIMES = ['stateChanged', 'opened', 'finished'] as const;
/** Maximum numbers of items; highlights and ticks are per piece. */
export const MOST = { pieces: 5000, highlights: 500, ticks: 300, days: 5000 };
/** Maximum lengths in UTF-16 units; anything longer is not kept. */
export const LONGEST = { title: 200, exact: 4000, context: 80, note: 5000, tick: 500, id: 100, line: 500 };

/** Prefix of a mark's id in an address: `#mark-mbq0x1f3a` leads to it. */
export const MARK = 'mark-';

/** An empty log. */
export function emptyLog(): Log {
  return { pieces: new Map(), days: [] };
}

/** Whether a log contains nothing. */
export function isEmpty(log: Log): boolean {
  return log.pieces.size === 0 && log.days.length === 0 && !log.checkin;
}

/** Whether a log is within the maximum numbers of items, so that {@link parseLog} returns all of it. */
export function fits({ pieces, days, checkin }: Log): boolean {
  return (
    pieces.size <= MOST.pieces &&
    days.length <= MOST.days &&
    Object.keys(checkin?.notes ?? {}).length <= MOST.days &&
    [...pieces.values()].every(
      ({ highlights, ticks }) =>
        highlights.length <= MOST.highlights && (ticks?.done.length ?? 0) <= MOST.ticks,
    )
  );
}

/**
 * A log without anything that is still to come. A file may name any time, and of two words the later one counts: what it
 * dates in the future would stand above all that its reader does from now on.
 */
export function upTo(now: number, { pieces, days, checkin }: Log): Log {
  const today = dayInShanghai(new Date(now));
  const past = (piece: Piece): Piece => ({
    ...piece,
    ...Object.fromEntries(
      TIMES.flatMap((name) => (piece[name] === undefined ? [] : [[name, Math.min(piece[name], now)]])),
    ),
    highlights: piece.highlights.map((highlight) => ({
      ...highlight,
      made: Math.min(highlight.made, now),
      changed: Math.min(highlight.changed, now),
    })),
  });
  return {
    pieces: new Map([...pieces].map(([id, piece]) => [id, past(piece)])),
    days: days.filter((day) => day <= today),
    ...(checkin && checkin.start <= today && { checkin }),
  };
}

/** Merges two logs: nothing of either is lost, and where they contradict each other, the later change wins. */
export function mergeLogs(mine: Log, other: Log): Log {
  const pieces = new Map(mine.pieces);
  for (const [id, piece] of other.pieces) {
    const known = pieces.get(id);
    pieces.set(id, known ? mergePieces(known, piece) : piece);
  }
  const checkin = mergeCheckins(mine.checkin, other.checkin);
  return {
    pieces,
    days: [...new Set([...mine.days, ...other.days])].sort(),
    ...(checkin && { checkin }),
  };
}

function mergePieces(a: Piece, b: Piece): Piece {
  const [older, newer] = (a.opened ?? 0) <= (b.opened ?? 0) ? [a, b] : [b, a];
  const said = (a.stateChanged ?? 0) >= (b.stateChanged ?? 0) ? a : b;
  const finished = Math.min(a.finished ?? Infinity, b.finished ?? Infinity);
  const highlights = new Map(a.highlights.map((highlight) => [highlight.id, highlight]));
  for (const highlight of b.highlights) {
    const known = highlights.get(highlight.id);
    if (!known || known.changed < highlight.changed) highlights.set(highlight.id, highlight);
  }
  const done = [...new Set([...(a.ticks?.done ?? []), ...(b.ticks?.done ?? [])])];
  const [opened, place] = [newer.opened ?? older.opened, newer.place ?? older.place];
  return {
    title: newer.title,
    ...(opened !== undefined && { opened }),
    ...(place && { place }),
    ...(said.state && { state: said.state }),
    ...(said.stateChanged !== undefined && { stateChanged: said.stateChanged }),
    ...(finished !== Infinity && { finished }),
    ...((a.ticks ?? b.ticks) && { ticks: { done, of: (newer.ticks ?? older.ticks)!.of } }),
    highlights: [...highlights.values()].sort((x, y) => x.made - y.made),
  };
}

function mergeCheckins(mine: Checkin | undefined, other: Checkin | undefined): Checkin | undefined {
  if (!mine || !other) return mine ?? other;
  const [older, newer] = mine.start <= other.start ? [mine, other] : [other, mine];
  return { start: newer.start, notes: { ...older.notes, ...newer.notes } };
}
