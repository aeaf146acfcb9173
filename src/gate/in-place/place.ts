const key = 'place';

interface Kept {
  [key]?: number;
}

/**
 * Keeps the scroll position of a page in its history entry, and restores it. Some browsers restore it themselves while
 * only the door is there, which is too short for it, and then forget it.
 */
export function keepPlace(): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const place = (history.state as Kept | null)?.[key];
  if (navigation?.type !== 'navigate' && place !== undefined) scrollTo({ top: place, behavior: 'instant' });
  addEventListener('pagehide', () => {
    history.replaceState({ ...(history.state as object | null), [key]: scrollY }, '');
  });
}
