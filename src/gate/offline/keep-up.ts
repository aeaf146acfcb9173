import { askGate } from '../bridge.ts';
import { writeLocal } from '../../storage.ts';
import { readKept, removeKept, replaceKept } from './kept.ts';
import { pagesTakenWith, takePages } from './take.ts';

/**
 * Takes along anew what a newer build has changed, and the page that is shown where nothing is kept: a series may have
 * gained a piece, and a piece may have moved or be gone. In the background: what can't be had now is tried again with
 * the next page.
 */
export async function keepUp(base: string, build: number): Promise<void> {
  const { signal } = new AbortController();
  await takePages([`${base}offline/`], signal, () => undefined);
  for (const { pages: taken } of readKept()) {
    const address = taken[0]!;
    // The gate knows: to whom the host alone answers, that is, nothing of members' is there.
    const said = await askGate({ verb: 'explain', address: new URL(address, location.href).href });
    if (said.reason === 'absent') {
      // Who has lost a tier may come to it again.
      if (!said.isHigher) removeKept(address);
      continue;
    }
    const pages = await pagesTakenWith(address, signal);
    replaceKept(address, { pages, bytes: await takePages(pages, signal, () => undefined) });
  }
  writeLocal('kept-up', build);
}
