import { askGate } from '../bridge.ts';
import { writeLocal } from '../../storage.ts';
import { readKept, removeKept, replaceKept } from './kept.ts';
import { pagesTakenWith, takePages } from './take.ts';

/** What is of use without a network to whoever never opened it: the page that says so, the search, and the own marks. */
const ALWAYS = ['offline/', 'search/', 'mine/'];

/**
 * Takes along anew what a newer build has changed, and the pages that go on without a network: a series may have gained
 * a piece, and a piece may have moved or be gone. Of media that nobody took along the oldest go, and of pages and
 * the search index, once they are many, those that this build does not have. In the background: what can't be had now is
 * tried again with the next page.
 */
export async function keepUp(base: string, build: number): Promise<void> {
  const { signal } = new AbortController();
  const always = ALWAYS.map((page) => base + page);
  await takePages(always, signal, () => undefined);
  const needed: string[] = [];
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
    const { bytes, media } = await takePages(pages, signal, () => undefined);
    replaceKept(address, { pages, bytes });
    needed.push(...media);
  }
  // Whatever was heard or seen once would fill the device in time.
  await askGate({ verb: 'trim', addresses: needed });
  await askGate({ verb: 'tidy' });
  writeLocal('kept-up', build);
}
