import { writeLocal } from '../../storage.ts';
import { addKept, readKept } from './kept.ts';
import { takePages } from './take.ts';

/**
 * Takes along anew what a newer build has changed, and the page that is shown where nothing is kept. In the background:
 * what can't be had now is tried again with the next page.
 */
export async function keepUp(base: string, build: number): Promise<void> {
  const { signal } = new AbortController();
  await takePages([`${base}offline/`], signal, () => undefined);
  for (const { pages } of readKept().reverse()) {
    const bytes = await takePages(pages, signal, () => undefined);
    addKept({ pages, bytes });
  }
  writeLocal('kept-up', build);
}
