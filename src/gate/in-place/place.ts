const key = 'place';

interface Kept {
  [key]?: number;
}

/**
 * Keeps how far a page was read with its place in the history, and goes back there. Some browsers restore that when
 * only the door stands, which is too short for it, and forget it then.
 */
export function keepPlace(): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const place = (history.state as Kept | null)?.[key];
  if (navigation?.type !== 'navigate' && place !== undefined) scrollTo({ top: place, behavior: 'instant' });
  addEventListener('pagehide', () => {
    history.replaceState({ ...(history.state as object | null), [key]: scrollY }, '');
  });
}
