import { clearStorage, keyOf } from '../storage.ts';
import { askGate, openAnew } from './bridge.ts';

/** A storage key that is set and removed at log out, only to trigger `storage` events in other tabs. */
const left = keyOf('left');

/** Tells other tabs about a log out by a `storage` event, because they can't watch IndexedDB. */
export function tellTabs(): void {
  try {
    localStorage.setItem(left, '');
    localStorage.removeItem(left);
  } catch {
    // Other tabs notice at their next page load.
  }
}

/** Closes this page when somebody logs out in another tab. */
export function closeWithTabs(): void {
  addEventListener('storage', ({ key }) => {
    if (key === left) closePage();
  });
}

/**
 * Says in place of the page that the member is logged out. The door that comes next takes as long as the host does, and
 * until then the page would look as if nothing had happened.
 */
export function showLeft(): void {
  const said = document.querySelector<HTMLTemplateElement>('gate-account template[data-text=left]');
  // Another tab calls this twice, as its storage changes twice.
  if (said) document.body.replaceChildren(said.content.cloneNode(true));
  // What has gone from the page may have saved the reader's place.
  clearStorage();
}

/** Replaces a page with its door after a log out, and keeps nothing of the page. */
export function closePage(): void {
  // A page opened in place may be in the middle of storing newer keys. A worker has been told already.
  void askGate({ verb: 'lock' }).catch(() => undefined);
  showLeft();
  // Again after all other listeners, because some save the reader's place when the page is hidden.
  addEventListener('pagehide', clearStorage);
  document.addEventListener('visibilitychange', clearStorage);
  openAnew();
}
