import { dayInShanghai } from '../model/week.ts';
import { keyOf } from '../storage.ts';
import { emptyLog, formatLog, isOfLaterCode, parseLog, type Log, type Piece } from './log.ts';

/**
 * The one place where a member's log is kept: `localStorage`, because it is read at once, before the page is painted,
 * and because a log stays small. Nothing of it ever leaves the device by itself. Log out removes it (src/gate/leave.ts).
 */

const KEY = keyOf('mine');
const changes = new EventTarget();

/** Where the browser keeps nothing, the log lasts as long as the page. */
let unkept: Log | undefined;

/** Whether the last change could be kept. */
export function isKept(): boolean {
  return unkept === undefined;
}

/** The log as it now stands; an empty one where there is none, or none that can be read. */
export function readLog(): Log {
  if (unkept) return unkept;
  try {
    return parseLog(localStorage.getItem(KEY) ?? '')?.log ?? emptyLog();
  } catch {
    return emptyLog();
  }
}

/** Changes the log as it now stands, other tabs' changes included, and tells everyone in this page. */
export function changeLog(change: (log: Log) => Log): void {
  const changed = change(readLog());
  unkept = keep(changed) ? undefined : changed;
  changes.dispatchEvent(new Event('change'));
}

/** What was kept before stays where the browser refuses or is full, and where it is of a tab with later code. */
function keep(log: Log): boolean {
  try {
    if (isOfLaterCode(localStorage.getItem(KEY) ?? '')) return false;
    localStorage.setItem(KEY, formatLog(log));
    return true;
  } catch {
    return false;
  }
}

/** Changes what is kept of one entry; `title` as it is called now. */
export function changePiece(id: string, title: string, change: (piece: Piece) => Piece): void {
  changeLog((log) => {
    const known = log.pieces.get(id) ?? { title, highlights: [] };
    return { ...log, pieces: new Map(log.pieces).set(id, { ...change(known), title }) };
  });
}

/** Counts today as a day of reading. */
export function countToday(): void {
  const today = dayInShanghai(new Date());
  if (readLog().days.includes(today)) return;
  changeLog((log) => ({ ...log, days: [...log.days, today].sort() }));
}

/** Forgets all of it, on the device too, and tells everyone in this page. */
export function clearLog(): void {
  unkept = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then nothing was kept either.
  }
  changes.dispatchEvent(new Event('change'));
}

/** Calls back now and whenever the log changes, in this tab or another. */
export function follow(show: (log: Log) => void, signal: AbortSignal): void {
  const update = () => show(readLog());
  changes.addEventListener('change', update, { signal });
  addEventListener('storage', ({ key }) => (key === KEY || key === null) && update(), { signal });
  // A page that the back button brings back has heard nothing meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && update(), { signal });
  update();
}
