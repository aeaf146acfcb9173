import { clearStorage, keyOf } from '../storage.ts';
import { openAnew } from './bridge.ts';

/** Comes and goes with a log out. */
const left = keyOf('left');

/** Tells other tabs that somebody has logged out; none of them has a store that could be read at once. */
export function tellTabs(): void {
  try {
    localStorage.setItem(left, '');
    localStorage.removeItem(left);
  } catch {
    // They find out with the next page.
  }
}

/** Closes this page when somebody logs out in another tab. */
export function closeWithTabs(): void {
  addEventListener('storage', ({ key }) => {
    if (key === left) closePage();
  });
}

/** Puts the door in place of a page that somebody has logged out of, and keeps nothing of it. */
export function closePage(): void {
  clearStorage();
  // After all else that listens: some keep a reader's place on the way out.
  addEventListener('pagehide', clearStorage);
  document.addEventListener('visibilitychange', clearStorage);
  openAnew();
}
