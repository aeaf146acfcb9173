import { readLocal, writeLocal } from '../../storage.ts';

/** The position at which the listener stopped a talk. */
export interface Stop {
  /** Seconds. */
  at: number;
  /** Duration of the recording in seconds. */
  of: number;
  /** Milliseconds since 1970, by this device's clock. */
  when: number;
}

/** A talk heard to within this many seconds of its end counts as finished. */
const END = 15;
/** A talk stopped within this many first seconds starts from the beginning the next time. */
const TASTE = 10;
/** Maximum number of talks remembered, the most recent ones. */
const MOST = 200;

/** The talks begun but not finished on this device, by entry (`talks/SLUG`). */
export function stops(): Record<string, Stop> {
  const kept = readLocal('listening');
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, Stop>) : {};
}

/** Stores the position of a talk, in seconds; one that was hardly begun or is finished is forgotten. */
export function keepStop(entry: string, at: number, of: number): void {
  const kept = new Map(Object.entries(stops()));
  if (at > TASTE && at < of - END) kept.set(entry, { at: Math.floor(at), of, when: Date.now() });
  else kept.delete(entry);
  const newest = [...kept].sort(([, a], [, b]) => b.when - a.when).slice(0, MOST);
  writeLocal('listening', Object.fromEntries(newest));
}
