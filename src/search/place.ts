import type { ResultList } from './result-list.ts';

/** Where somebody was in a list of results: at which one, and how far (px) below the upper edge of the screen it stood. */
interface Place {
  entry: string;
  top: number;
}

const KEY = 'result';

/**
 * Keeps with a page's place in the history where its reader is in the results. A browser that comes back to the page does
 * not find that by itself: the results come when it has looked.
 */
export function keepPlace({ list }: ResultList): void {
  const item = [...list.children].find((one) => one.getBoundingClientRect().bottom > 0);
  const place: Place | undefined =
    item instanceof HTMLElement && scrollY > 0
      ? { entry: item.dataset.entry!, top: item.getBoundingClientRect().top }
      : undefined;
  history.replaceState({ ...(history.state as object | null), [KEY]: place }, '');
}

/** Goes back to where they were. */
export async function goToPlace(results: ResultList): Promise<void> {
  const place = (history.state as Partial<Record<typeof KEY, Place>> | null)?.[KEY];
  const item = place && (await results.filledItemOf(place.entry));
  if (item) scrollBy({ top: item.getBoundingClientRect().top - place.top, behavior: 'instant' });
}
