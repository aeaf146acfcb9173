import { readTab, writeTab } from '../storage.ts';

/** Whether a page may reload itself unasked: once, until a page has opened or ten seconds have passed. */
export function mayReopen(): boolean {
  const last = Number(readTab('reopened'));
  return writeTab('reopened', Date.now()) && Date.now() - last > 10_000;
}

/** Records that a page has opened, so that the next door may reload itself again. */
export function hasOpened(): void {
  writeTab('reopened', undefined);
}

/** Whether no worker could be started during this visit; doors then don't wait for one again. */
export function isWorkerless(): boolean {
  return readTab('workerless') === true;
}

/** Remembers for this visit whether no worker could be started. */
export function setWorkerless(isSo: boolean): void {
  writeTab('workerless', isSo || undefined);
}

/** The access for this visit, in a browser that refuses IndexedDB. */
export interface Visit {
  token: string;
  /** The newest `root` seen. */
  root: string;
}

/** Reads what {@link writeVisit} has kept in this tab; null when there is nothing. */
export function readVisit(): Visit | null {
  return readTab('visit') as Visit | null;
}

/**
 * Keeps the access while the tab is open.
 *
 * @returns false when the browser refuses this too: then the access lasts for this page only.
 */
export function writeVisit(visit: Visit): boolean {
  return writeTab('visit', visit);
}
