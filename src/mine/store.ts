import { dayInShanghai } from '../model/week.ts';
import { keyOf } from '../storage.ts';
import { formatLog, isOfLaterCode, parseLog } from './log-format.ts';
import { emptyLog, type Log, type Piece } from './log.ts';

/**
 * The store of a member's log: `localStorage`, because it can be read synchronously before the page is painted, and
 * because a log stays small. Nothing of it leaves the device by itself. Log out removes it (src/gate/leave.ts).
 */

const KEY = keyOf('mine');
const changes = new EventTarget();

/** The log when the browser refused to store it; it then lasts as long as the page. */
let unkept: Log | undefined;

/** Whether the last change was stored. */
export function isKept(): boolean {
  return unkept === undefined;
}

/** Reads the current log; an empty one when there is none, or none that can be read. */
export function readLog(): Log {
  if (unkept) return unkept;
  try {
    return parseLog(localStorage.getItem(KEY) ?? '')?.log ?? emptyLog();
  } catch {
    return emptyLog();
  }
}

/** Changes the current log, which includes other tabs' changes, and notifies all listeners in this page. */
export function changeLog(change: (log: Log) => Log): void {
  const changed = change(readLog());
  unkept = keep(changed) ? undefined : changed;
  changes.dispatchEvent(new Event('change'));
}

/**
 * Stores a log; returns false and keeps the stored one when the browser refuses or is full, or when a tab with newer
 * code has written it.
 */
function keep(log: Log): boolean {
  try {
    if (isOfLaterCode(localStorage.getItem(KEY) ?? '')) return false;
    localStorage.setItem(KEY, formatLog(log));
    return true;
  } catch {
    return false;
  }
}

/** Changes the log of one entry, and updates its title to the current one. */
export function changePiece(id: string, title: string, change: (piece: Piece) => Piece): void {
  changeLog((log) => {
    const known = log.pieces.get(id) ?? { title, highlights: [] };
    return { ...log, pieces: new Map(log.pieces).set(id, { ...change(known), title }) };
  });
}

/** Adds today to the days of reading. */
export function countToday(): void {
  const today = dayInShanghai(new Date());
  if (readLog().days.includes(today)) return;
  changeLog((log) => ({ ...log, days: [...log.days, today].sort() }));
}

/** Deletes the log, on the device too, and notifies all listeners in this page. */
export function clearLog(): void {
  unkept = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser that refuses storage has stored nothing either.
  }
  changes.dispatchEvent(new Event('change'));
}

/** Calls `show` now and whenever the log changes, in this tab or another. */
export function follow(show: (log: Log) => void, signal: AbortSignal): void {
  const update = () => show(readLog());
  changes.addEventListener('change', update, { signal });
  addEventListener('storage', ({ key }) => (key === KEY || key === null) && update(), { signal });
  // A page restored from the back/forward cache has missed the events meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && update(), { signal });
  update();
}
