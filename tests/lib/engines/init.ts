import type { VisitorOptions } from '../visitor.ts';

/** Removes the service worker. Runs in the page, before its own scripts, so it can't use anything outside itself. */
export function takeWorkerAway(how: NonNullable<VisitorOptions['worker']>): void {
  if (how === 'missing') {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
    return;
  }
  // A browser's empty first page has no worker API.
  if (!('ServiceWorkerContainer' in globalThis)) return;
  ServiceWorkerContainer.prototype.register =
    how === 'refused'
      ? () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'))
      : () => new Promise(() => undefined);
}
