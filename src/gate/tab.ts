import { readTab, writeTab } from '../storage.ts';

/** Whether a page may load itself anew unasked: once, until a page has opened or ten seconds have gone. */
export function mayReopen(): boolean {
  const last = Number(readTab('reopened'));
  return writeTab('reopened', Date.now()) && Date.now() - last > 10_000;
}

/** A page has opened: the next door may load itself anew again. */
export function hasOpened(): void {
  writeTab('reopened', undefined);
}

/** Whether this visit has found that no worker comes up here: waiting for it at each door would be idle. */
export function isWorkerless(): boolean {
  return readTab('workerless') === true;
}

/** Remembers for this visit whether a worker came up. */
export function setWorkerless(isSo: boolean): void {
  writeTab('workerless', isSo || undefined);
}

/** What opens the site for this visit, where the browser refuses IndexedDB. */
export interface Visit {
  token: string;
  /** The newest `root` seen. */
  root: string;
}

/** What {@link writeVisit} kept in this tab; null where nothing is. */
export function readVisit(): Visit | null {
  return readTab('visit') as Visit | null;
}

/**
 * Keeps what opens the site, for as long as the tab is open.
 *
 * @returns false where the browser refuses this too: then the token is good for this page only.
 */
export function writeVisit(visit: Visit): boolean {
  return writeTab('visit', visit);
}
