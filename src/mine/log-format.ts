import { isDate, LAST_DAY } from '../model/week.ts';
import {
  LONGEST,
  MOST,
  STATES,
  TIMES,
  type Checkin,
  type Highlight,
  type Log,
  type Piece,
  type State,
} from './log.ts';

/**
 * The log of a member's reading as JSON, and its validating parser. A log comes from the browser's storage, where it may
 * be damaged, or from a file, which anybody may have written.
 */

const FORMAT = 'jinghua-mine';
const VERSION = 1;
// No lone surrogates, which encodeURIComponent refuses.
const ID =
  /^(?:talks|breakdowns|discussions|teardowns|notes|digests|people)\/(?:(?!\p{Surrogate})[^\s/\\?#%<>"']){1,100}$/u;
/** The latest valid time; days after it can't be formatted as a date. */
const LAST_TIME = Date.parse(LAST_DAY);

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
