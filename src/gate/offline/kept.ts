import { currentWorker } from '../bridge.ts';
import { readLocal, writeLocal } from '../../storage.ts';

/** What a reader took along: a piece, or a series with its pieces. Addresses only: titles are members' text. */
export interface Kept {
  /** With the base; the first is what it is called by. */
  pages: string[];
  /** What it takes on the device. */
  bytes: number;
}

/** What is taken along on this device, the newest first. */
export function readKept(): Kept[] {
  const stored = readLocal('kept');
  return Array.isArray(stored) ? stored.filter(isKept) : [];
}

/** Puts one on the list, or at its head where it is there. */
export function addKept(kept: Kept): void {
  writeLocal('kept', [kept, ...readKept().filter(({ pages }) => pages[0] !== kept.pages[0])]);
}

/** Takes the one that is called by an address off the list. */
export function removeKept(address: string): void {
  replaceKept(address, undefined);
}

/** Puts another in its place, or nothing; one that has been taken off meanwhile stays off. */
export function replaceKept(address: string, by: Kept | undefined): void {
  const left = readKept().flatMap((kept) => (kept.pages[0] !== address ? kept : (by ?? [])));
  writeLocal('kept', left.length > 0 ? left : undefined);
}

/** Whether there is a worker here that could keep anything: a page opened in place has none. */
export function canKeep(): boolean {
  return currentWorker() !== null;
}

function isKept(value: unknown): value is Kept {
  const { pages, bytes } = (value ?? {}) as Partial<Kept>;
  return Array.isArray(pages) && pages.length > 0 && typeof bytes === 'number';
}
