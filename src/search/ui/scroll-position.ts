import type { ResultList } from './result-list.ts';

/** A scroll position in a list of results: the entry, and the distance (px) of its result from the viewport's top. */
interface ScrollPosition {
  entry: string;
  top: number;
}

const KEY = 'result';

/**
 * Keeps the scroll position in the results in the page's history entry. On the way back, the browser can't restore it
 * by itself, because it does so before the results are there.
 */
export function keepPlace({ list }: ResultList): void {
  const item = [...list.children].find((one) => one.getBoundingClientRect().bottom > 0);
  const place: ScrollPosition | undefined =
    item instanceof HTMLElement && scrollY > 0
      ? { entry: item.dataset.entry!, top: item.getBoundingClientRect().top }
      : undefined;
  history.replaceState({ ...(history.state as object | null), [KEY]: place }, '');
}

/** Restores the scroll position that {@link keepPlace} kept. */
export async function goToPlace(results: ResultList): Promise<void> {
  const place = (history.state as Partial<Record<typeof KEY, ScrollPosition>> | null)?.[KEY];
  const item = place && (await results.filledItemOf(place.entry));
  if (item) scrollBy({ top: item.getBoundingClientRect().top - place.top, behavior: 'instant' });
}
