import { currentWorker } from '../bridge.ts';
import { readLocal, writeLocal } from '../../storage.ts';

/** A piece, or a series with its pieces, that a reader took along. Only addresses, because titles are members' text. */
export interface Kept {
  /** Addresses with the base; the first identifies the item. */
  pages: string[];
  /** Its size on the device. */
  bytes: number;
}

/** The items taken along on this device, newest first. */
export function readKept(): Kept[] {
  const stored = readLocal('kept');
  return Array.isArray(stored) ? stored.filter(isKept) : [];
}

/**
 * Adds an item at the head of the list, or moves it there.
 * @returns false if there is no room for that
 */
export function addKept(kept: Kept): boolean {
  return writeLocal('kept', [kept, ...readKept().filter(({ pages }) => pages[0] !== kept.pages[0])]);
}

/** Removes the item with this address from the list. */
export function removeKept(address: string): void {
  replaceKept(address, undefined);
}

/** Replaces the item with this address, or removes it; one that has been removed meanwhile stays removed. */
export function replaceKept(address: string, by: Kept | undefined): void {
  const left = readKept().flatMap((kept) => (kept.pages[0] !== address ? kept : (by ?? [])));
  writeLocal('kept', left.length > 0 ? left : undefined);
}

/** Whether a worker controls this page, which offline copies need; a page opened in place has none. */
export function canKeep(): boolean {
  return currentWorker() !== null;
}

function isKept(value: unknown): value is Kept {
  const { pages, bytes } = (value ?? {}) as Partial<Kept>;
  return Array.isArray(pages) && pages.length > 0 && typeof bytes === 'number';
}
