import { dayInShanghai, isDate, LAST_DAY } from '../model/week.ts';

/**
 * The log of a member's reading, and its validating parser. A log comes from the browser's storage, where it may be
 * damaged, or from a file, which anybody may have written.
 */

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

/** Maximum size in bytes of a file to load: browsers store some five million characters, of three bytes in Chinese. */
export const LARGEST_FILE = 16 * 1024 * 1024;

const FORMAT = 'jinghua-mine';
const VERSION = 1;
// No lone surrogates, which encodeURIComponent refuses.
const ID =
  /^(?:talks|breakdowns|discussions|teardowns|notes|digests|people)\/(?:(?!\p{Surrogate})[^\s/\\?#%<>"']){1,100}$/u;
/** The latest valid time; days after it can't be formatted as a date. */
const LAST_TIME = Date.parse(LAST_DAY);
/** The fields of a piece that are times. */
const TIMES = ['stateChanged', 'opened', 'finished'] as const;
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

/** Formats a log as JSON, the same for storage and file. */
export function formatLog({ pieces, days, checkin }: Log): string {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    pieces: Object.fromEntries(pieces),
    days,
    ...(checkin && { checkin }),
  });
}

/**
 * Parses what {@link formatLog} wrote; null when it is something else or of another version. Invalid parts are left out
 * and counted in `refused`: storage goes on with the rest, but an import refuses such a file.
 */
export function parseLog(json: string): { log: Log; refused: number } | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isRecord(value) || value.format !== FORMAT || value.version !== VERSION) return null;
  return new Reader().log(value);
}

/** Whether a newer version of this code wrote this log. */
export function isOfLaterCode(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) && value.format === FORMAT && Number(value.version) > VERSION;
  } catch {
    return false;
  }
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

class Reader {
  #refused = 0;

  log(value: Record<string, unknown>): { log: Log; refused: number } {
    const pieces = new Map<string, Piece>();
    for (const [id, piece] of this.#entries(value.pieces, MOST.pieces)) {
      const read = ID.test(id) ? this.#piece(piece) : this.#refuse(null);
      if (read) pieces.set(id, read);
    }
    const days = this.#list(value.days, MOST.days, (day) => (isDay(day) ? day : undefined));
    const checkin = value.checkin === undefined ? undefined : this.#checkin(value.checkin);
    return {
      log: { pieces, days: [...new Set(days)].sort(), ...(checkin && { checkin }) },
      refused: this.#refused,
    };
  }

  #piece(value: unknown): Piece | null {
    if (!isRecord(value) || !isText(value.title, LONGEST.title)) return this.#refuse(null);
    const { title, state, place, ticks } = value;
    const times = TIMES.flatMap((name) => {
      const time = value[name];
      if (time === undefined) return [];
      return isTime(time) ? [[name, time] as const] : this.#refuse([]);
    });
    const isState = STATES.some((known) => known === state);
    if (state !== undefined && !isState) this.#refuse(null);
    return {
      title,
      ...(isState && { state: state as State }),
      ...Object.fromEntries(times),
      ...(place !== undefined && this.#place(place)),
      ...(ticks !== undefined && this.#ticks(ticks)),
      highlights: this.#list(value.highlights, MOST.highlights, readHighlight),
    };
  }

  #place(value: unknown): Pick<Piece, 'place'> {
    if (!isRecord(value) || !isPlace(value.id) || !isShare(value.share)) return this.#refuse({});
    return { place: { share: value.share, id: value.id } };
  }

  #ticks(value: unknown): Pick<Piece, 'ticks'> {
    if (!isRecord(value) || !isTime(value.of)) return this.#refuse({});
    const done = this.#list(value.done, MOST.ticks, (text) =>
      isText(text, LONGEST.tick) ? text : undefined,
    );
    return { ticks: { done, of: Math.min(value.of, MOST.ticks) } };
  }

  #checkin(value: unknown): Checkin | null {
    if (!isRecord(value) || !isDay(value.start)) return this.#refuse(null);
    const notes = this.#entries(value.notes, MOST.days).flatMap(([day, line]) =>
      isDay(day) && isText(line, LONGEST.line) ? [[day, line]] : this.#refuse([]),
    );
    return { start: value.start, notes: Object.fromEntries(notes) as Record<string, string> };
  }

  #list<T>(value: unknown, most: number, read: (item: unknown) => T | undefined): T[] {
    if (!Array.isArray(value)) return this.#refuse([]);
    if (value.length > most) this.#refuse(null);
    return value.slice(0, most).flatMap((item: unknown) => read(item) ?? this.#refuse<T[]>([]));
  }

  #entries(value: unknown, most: number): [string, unknown][] {
    if (!isRecord(value)) return this.#refuse([]);
    const entries = Object.entries(value);
    if (entries.length > most) this.#refuse(null);
    return entries.slice(0, most);
  }

  #refuse<T>(instead: T): T {
    this.#refused++;
    return instead;
  }
}

function readHighlight(value: unknown): Highlight | undefined {
  if (!isRecord(value)) return undefined;
  const { id, exact, prefix, suffix, note, made, changed } = value;
  const isWhole =
    isPlace(id) &&
    isText(exact, LONGEST.exact) &&
    exact.trim() !== '' &&
    isText(prefix, LONGEST.context) &&
    isText(suffix, LONGEST.context) &&
    isText(note, LONGEST.note) &&
    isTime(made) &&
    isTime(changed);
  return isWhole ? { id, exact, prefix, suffix, note, made, changed } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

/** Whether a value can be an element's id in an address. */
function isPlace(value: unknown): value is string {
  return isText(value, LONGEST.id) && !/\p{Surrogate}/u.test(value);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= LAST_TIME;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && isDate(value);
}
