import type { GateMessage, GateReply } from './message.ts';

const script = `${__BASE__}sw.js`;

/**
 * Registers the worker, or brings the one there up to date, and waits until it is active.
 * @throws Error where the browser has none, refuses it, or takes longer than `patience` milliseconds
 */
export function startWorker(patience = 6000): Promise<void> {
  return within(patience, activated());
}

type Gate = (message: GateMessage) => Promise<GateReply>;

/** What stands in for the worker, where this page was opened in place. */
let here: Gate | undefined;

/** From now on this page answers what it asks of the gate. */
export function answerHere(gate: Gate): void {
  here = gate;
}

/**
 * Asks the gate: the worker that controls this page, or what stands in for it.
 * @param patience - milliseconds; by default so many that it can ask the host
 * @throws Error where there is neither, or it does not answer
 */
export function askGate(message: GateMessage, patience = 30_000): Promise<GateReply> {
  if (here) return here(message);
  return within(
    patience,
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event: MessageEvent<GateReply>) => resolve(event.data);
      // What this throws where there is none rejects the promise.
      currentWorker()!.postMessage(message, [port2]);
    }),
  );
}

/** The worker of this site that controls this page, if one does: that of a site above it knows nothing of this one. */
export function currentWorker(): ServiceWorker | null {
  const worker = (navigator as Partial<Navigator>).serviceWorker?.controller;
  return (worker?.scriptURL === location.origin + script && worker) || null;
}

/** Loads the clean address anew, so that the worker answers it, and nothing keeps the link that was opened. */
export function openAnew(): void {
  const [address, fragment] = location.href.split('#') as [string, string?];
  if (fragment === undefined) location.replace(address);
  // With a fragment, replacing an address by itself only scrolls, and a reload goes to the old place and not to the
  // fragment. So to a spelling that the worker redirects to the clean one, which keeps the fragment.
  else location.replace(`${address}${address.includes('?') ? '&' : '?'}#${fragment}`);
}

/** As {@link currentWorker}, unless it has been taken away: it controls this page all the same, and may answer nothing. */
export async function standingWorker(): Promise<ServiceWorker | null> {
  const worker = currentWorker();
  const registration = worker && (await navigator.serviceWorker.getRegistration(__BASE__));
  return registration?.active === worker ? worker : null;
}

async function activated(): Promise<void> {
  const registration = await navigator.serviceWorker.register(script, {
    scope: __BASE__,
    updateViaCache: 'none',
  });
  // A worker that controls a door may be one that the site has outlived.
  if (registration.active && currentWorker()) await registration.update().catch(() => undefined);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === 'activated') resolve();
      if (!worker || worker.state === 'redundant') reject(new Error('no worker'));
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

/** @throws Error where it takes longer than so many milliseconds */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), milliseconds)),
  ]);
}
