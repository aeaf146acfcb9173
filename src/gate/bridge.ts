import type { GateMessage, GateReply } from './message.ts';
import { within } from './within.ts';

const script = `${__BASE__}sw.js`;

/**
 * Registers the service worker, or updates an existing one, and waits until it is active.
 * @throws Error when the browser has no service workers, refuses this one, or takes longer than `patience` milliseconds
 */
export function startWorker(patience = 6000): Promise<void> {
  return within(patience, activated());
}

type Gate = (message: GateMessage) => Promise<GateReply>;

/** Answers in place of the worker, when this page was opened in place. */
let here: Gate | undefined;

/** Makes this page answer its own messages to the gate from now on. */
export function answerHere(gate: Gate): void {
  here = gate;
}

/**
 * Asks the gate: the worker that controls this page, or the page itself when it was opened in place.
 * @param patience - milliseconds to wait for the reply; the default leaves the worker time to ask the host
 * @throws Error when there is no worker, or no reply in time
 */
export function askGate(message: GateMessage, patience = 30_000): Promise<GateReply> {
  if (here) return here(message);
  return within(
    patience,
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event: MessageEvent<GateReply>) => resolve(event.data);
      // Without a worker this throws, which rejects the promise.
      currentWorker()!.postMessage(message, [port2]);
    }),
  );
}

/** The worker that controls this page, or null; the worker of a site at a parent path is not ours. */
export function currentWorker(): ServiceWorker | null {
  const worker = (navigator as Partial<Navigator>).serviceWorker?.controller;
  return (worker?.scriptURL === location.origin + script && worker) || null;
}

/** Reloads the page at its clean address, so that the worker answers it and nothing keeps the link that was opened. */
export function openAnew(): void {
  const [address, fragment] = location.href.split('#') as [string, string?];
  // With a fragment, replacing an address by itself only scrolls, and a reload restores the old scroll position instead
  // of going to the fragment. So load a variant that the worker redirects to the clean address with its fragment.
  const rest = fragment === undefined ? '' : `${address.includes('?') ? '&' : '?'}#${fragment}`;
  location.replace(address + rest);
}

/** As {@link currentWorker}, but null for an unregistered worker: it still controls this page, but may not answer. */
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
  // A worker that controls a door may be older than the site allows.
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
