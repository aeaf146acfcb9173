const key = 'place';

interface Kept {
  [key]?: number;
}

/**
 * Returns a function that brings a written page to the place its reader expects: to the address's fragment, which the
 * browser looked for while only the door was there, or to where they left the page. It is called twice: as soon as the
 * page can be read, and when its scripts have run, which may have changed heights and on a slow connection takes seconds
 * more. By then the reader may have gone elsewhere in the page, and stays there.
 *
 * Each history entry keeps the scroll position of its page. Some browsers restore it themselves while only the door is
 * there, which is too short for it, and then forget it.
 */
export function placeFinder(): () => void {
  let isFound = false;
  let isLeft = false;
  for (const move of ['wheel', 'pointerdown', 'keydown'])
    addEventListener(move, () => (isLeft = isFound), { passive: true });
  return () => {
    if (!isLeft) goToPlace();
    if (!isFound) addEventListener('pagehide', keepPlace);
    isFound = true;
  };
}

function goToPlace(): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (location.hash !== '' && navigation?.type !== 'back_forward') location.replace(location.href);
  const place = (history.state as Kept | null)?.[key];
  if (navigation?.type !== 'navigate' && place !== undefined) scrollTo({ top: place, behavior: 'instant' });
}

function keepPlace(): void {
  history.replaceState({ ...(history.state as object | null), [key]: scrollY }, '');
}
