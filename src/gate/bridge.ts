import type { GateMessage, GateReply } from './message.ts';

/**
 * Registers the worker, or brings the one there up to date, and waits until it is active.
 * @throws Error where the browser has none, refuses it, or takes longer than `patience` milliseconds
 */
export async function startWorker(base: string, patience = 6000): Promise<void> {
  await within(patience, activated(base));
}

/**
 * Asks the worker that controls this page.
 * @throws Error where none does, or it does not answer
 */
export function askWorker(message: GateMessage): Promise<GateReply> {
  return within(
    30_000,
    new Promise((resolve, reject) => {
      const controller = currentWorker();
      if (!controller) {
        reject(new Error('no worker controls this page'));
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event: MessageEvent<GateReply>) => resolve(event.data);
      controller.postMessage(message, [port2]);
    }),
  );
}

/** The worker that controls this page, if one does. */
export function currentWorker(): ServiceWorker | null {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
}

/** Loads the clean address anew, so that the worker answers it, and nothing keeps the link that was opened. */
export function openAnew(): void {
  const [address, fragment] = location.href.split('#') as [string, string?];
  if (fragment === undefined) location.replace(address);
  // With a fragment, replacing an address by itself only scrolls, and a reload goes to the old place and not to the
  // fragment. So to a spelling that the worker redirects to the clean one, which keeps the fragment.
  else location.replace(`${address}${address.includes('?') ? '&' : '?'}#${fragment}`);
}

const reopened = 'gate reopened';

/** Whether a page may load itself anew unasked: once, until a page has opened or ten seconds have gone. */
export function mayReopen(): boolean {
  try {
    const last = Number(sessionStorage.getItem(reopened));
    sessionStorage.setItem(reopened, String(Date.now()));
    return Date.now() - last > 10_000;
  } catch {
    return false;
  }
}

const workerless = 'gate opens in place';

/** Whether this visit has found that no worker comes up here: waiting for it at each door would be idle. */
export function isWorkerless(): boolean {
  try {
    return sessionStorage.getItem(workerless) !== null;
  } catch {
    return true;
  }
}

/** Remembers for this visit whether a worker came up. */
export function setWorkerless(isSo: boolean): void {
  try {
    if (isSo) sessionStorage.setItem(workerless, '');
    else sessionStorage.removeItem(workerless);
  } catch {
    // Then `isWorkerless` says yes, which is right: such a browser has no worker either.
  }
}

/** A page has opened: the next door may load itself anew again. */
export function hasOpened(): void {
  try {
    sessionStorage.removeItem(reopened);
  } catch {
    // Then nothing was written either.
  }
}

async function activated(base: string): Promise<void> {
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, {
    scope: base,
    updateViaCache: 'none',
  });
  // A worker that controls a door may be one that the site has outlived.
  if (registration.active && currentWorker()) await registration.update().catch(() => undefined);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (worker?.state === 'activated') resolve();
      if (!worker || worker.state === 'redundant') reject(new Error('the worker was not installed'));
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('took too long')), milliseconds)),
  ]);
}
