import { askGate } from '../bridge.ts';
import { writeLocal } from '../../storage.ts';
import { readKept, removeKept, replaceKept } from './kept.ts';
import { pagesTakenWith, takePages } from './take.ts';

/** Pages kept on every device, as they are useful offline even if never visited: the offline page, search and marks. */
const ALWAYS = ['offline/', 'search/', 'mine/'];

/**
 * Updates the offline copies after a newer build: the pages kept on every device, and everything the reader took along,
 * where a series may have gained a piece, and a piece may have moved or be gone. It then removes the oldest media that
 * nobody took along and, once there are many files, the pages and index files that this build no longer has. It runs in
 * the background; if it fails, or if what the device keeps is cleared meanwhile, the next page tries again.
 */
export async function keepUp(base: string, build: number): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('gate:cleared', () => stop.abort(), { once: true });
  const always = ALWAYS.map((page) => base + page);
  await takePages(always, signal, () => undefined);
  const needed: string[] = [];
  for (const { pages: taken } of readKept()) {
    const address = taken[0]!;
    // Ask the gate and not the host, which has a door for everyone.
    const said = await askGate({ verb: 'explain', address: new URL(address, location.href).href });
    if (said.reason === 'absent') {
      // A member who has lost a tier may get it back.
      if (!said.isHigher) removeKept(address);
      continue;
    }
    const pages = await pagesTakenWith(address, signal);
    const { bytes, media } = await takePages(pages, signal, () => undefined);
    replaceKept(address, { pages, bytes });
    needed.push(...media);
  }
  // Otherwise everything ever heard or seen would fill the device in time.
  await askGate({ verb: 'trim', addresses: needed });
  await askGate({ verb: 'tidy' });
  signal.throwIfAborted();
  writeLocal('kept-up', build);
}
