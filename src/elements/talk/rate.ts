import { readLocal, writeLocal } from '../../storage.ts';

/** The playback rates that the player offers. */
export const RATES = ['0.75', '1', '1.25', '1.5', '1.75', '2'];

/** The playback rate chosen on this device. */
export function keptRate(): string {
  return RATES.find((rate) => rate === readLocal('rate')) ?? '1';
}

/** Stores a playback rate for all talks on this device. */
export function keepRate(rate: string): void {
  writeLocal('rate', rate);
}
