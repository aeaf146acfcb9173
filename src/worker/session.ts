// N.B. Shared: a page that is opened in place has a session of its own, for as long as it stands.
import { renewAccess, type Refusal } from '../gate/access.ts';
import { readAccess, writeAccess, writeEnded, type Access, type Unwrapped } from '../gate/store.ts';
import { parseRoot } from '../vault/index.ts';
import { keepFiles, pruneCaches, stopKeeping } from './cache.ts';
import { forgetOpened } from './once.ts';
import { protocol } from './protocol.ts';

// What this worker knows until the browser stops it; all of it can be read again.
let held: Promise<Unwrapped | undefined> | undefined;
let isLocked = false;
/** How often a page has unlocked or logged out. */
let changes = 0;
let refusal: Refusal | undefined;
let renewing: Promise<void> | undefined;
let renewedAt = -Infinity;

/** The member's access, from memory or, after the browser has restarted this worker, from the store. */
export async function currentAccess(): Promise<Access | undefined> {
  return (await loadHeld())?.access;
}

/** Why the last look at `root` changed nothing, if it was refused. */
export function lastRefusal(): Refusal | undefined {
  return refusal;
}

/** Looks whether the host has a newer `root`, unless that was done since `time` (of `performance.now()`). */
export function renewUnlessSince(time: number): Promise<void> {
  if (renewing) return renewing;
  if (renewedAt > time) return Promise.resolve();
  renewing = renew().finally(() => {
    renewing = undefined;
    renewedAt = performance.now();
  });
  return renewing;
}

/** A look at the host that is under way, if one is. */
export function renewal(): Promise<void> | undefined {
  return renewing;
}

/** Reads the store anew when it is next needed, because a page has unlocked. */
export function forgetHeld(): void {
  changes++;
  held = undefined;
  isLocked = false;
  refusal = undefined;
  renewedAt = -Infinity;
  keepFiles();
  forgetOpened();
}

/** Holds what a page unlocked in a browser that stores nothing. */
export function hold(unwrapped: Unwrapped): void {
  held = Promise.resolve(unwrapped);
}

/**
 * Holds nothing, and writes nothing more, whatever the store still says: someone is logging out. What is on its way into
 * the cache is not waited for: it goes on for as long as the host takes, and the keys are to be gone before.
 */
export function lockHeld(): void {
  forgetHeld();
  isLocked = true;
  stopKeeping();
}

async function loadHeld(): Promise<Unwrapped | undefined> {
  if (isLocked) return undefined;
  const loading = (held ??= load());
  const loaded = await loading;
  // A page has unlocked or logged out while the store was read: what is held now counts.
  if (held !== loading) return loaded && loadHeld();
  // Nobody is in yet; a page that unlocks meanwhile may not know this worker to tell it.
  if (!loaded) held = undefined;
  return loaded;
}

async function load(): Promise<Unwrapped | undefined> {
  try {
    const stored = await readAccess(__BASE__);
    if (!stored || !isOutlived(stored)) return stored;
    refusal = { reason: 'broken' };
    retire();
  } catch {
    // Without a store there are no keys, and the network's door says what to do.
  }
  return undefined;
}

async function renew(): Promise<void> {
  const before = await loadHeld();
  if (!before) return;
  const started = changes;
  const renewed = await renewAccess(__BASE__, before);
  // What a page has stored or taken away meanwhile counts.
  if (changes !== started) return;
  if ('reason' in renewed) return refuse(renewed, before);
  refusal = undefined;
  if (renewed === before) return;
  if (isOutlived(renewed)) {
    lockHeld();
    refusal = { reason: 'broken' };
    retire();
  } else {
    held = Promise.resolve(renewed);
  }
  // Also of a site that has moved on: this worker may be started again, and is to know it then without asking the host.
  // On a full disk the keys in memory go on; the next start asks the host again.
  const written = changes;
  await writeAccess(__BASE__, renewed, () => changes === written).catch(() => undefined);
  await pruneCaches(renewed.access.keys[0]!.epoch);
}

async function refuse(reason: Refusal, held: Unwrapped): Promise<void> {
  if ('date' in reason) {
    lockHeld();
    await writeEnded(__BASE__, reason, held).catch(() => undefined);
    await pruneCaches();
  }
  // A `root` of a later format, say, which a worker of now would read.
  if (reason.reason === 'broken')
    void ownRegistration()
      ?.update()
      .catch(() => undefined);
  refusal = reason;
}

/**
 * Takes this worker away, and the next door installs the one of now. Nobody waits for it: where a newer one is on its
 * way, it is taken away only once this one has answered all that it was asked.
 */
function retire(): void {
  ownRegistration()
    ?.unregister()
    .catch(() => undefined);
}

/** Of the worker that this is; a page has none. */
function ownRegistration(): ServiceWorkerRegistration | undefined {
  return (self as unknown as { registration?: ServiceWorkerRegistration }).registration;
}

/** Has the site moved on beyond this code? */
function isOutlived({ access }: Unwrapped): boolean {
  return parseRoot(access.root).worker > protocol;
}
