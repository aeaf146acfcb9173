import { readLocal, writeLocal } from '../../storage.ts';

/** Where somebody stopped listening to a talk. */
export interface Stop {
  /** Seconds. */
  at: number;
  /** How long the recording is, in seconds. */
  of: number;
  /** Milliseconds since 1970, by this device's clock. */
  when: number;
}

/** What is heard to within so many seconds of its end has been heard. */
const END = 15;
/** Whoever has heard less than this (seconds) begins anew the next time. */
const TASTE = 10;
/** How many talks are remembered at most: the ones heard last. */
const MOST = 200;

/** Every talk that was begun and not finished on this device, by its entry (`talks/SLUG`). */
export function stops(): Record<string, Stop> {
  const kept = readLocal('listening');
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, Stop>) : {};
}

/** Keeps where a talk was stopped; one that was hardly begun or heard to its end is forgotten. */
export function keepStop(entry: string, at: number, of: number): void {
  const kept = new Map(Object.entries(stops()));
  if (at > TASTE && at < of - END) kept.set(entry, { at: Math.floor(at), of, when: Date.now() });
  else kept.delete(entry);
  const newest = [...kept].sort(([, a], [, b]) => b.when - a.when).slice(0, MOST);
  writeLocal('listening', Object.fromEntries(newest));
}
