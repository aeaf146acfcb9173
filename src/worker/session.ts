// N.B. Shared: a page opened in place has a session of its own, until it is left.
import { renewAccess, type Refusal } from '../gate/access.ts';
import { isSameToken } from '../gate/link.ts';
import {
  readAccess,
  readEnded,
  writeAccess,
  writeEnded,
  type Access,
  type Unwrapped,
} from '../gate/store.ts';
import { parseRoot } from '../vault/index.ts';
import { keepFiles, pruneCaches, stopKeeping } from './cache.ts';
import { forgetOpened } from './once.ts';
import { protocol } from './protocol.ts';

/** The number of earlier builds of which pages may still be open: two publishes can follow each other closely. */
const formerBuilds = 2;

// In-memory state, lost when the browser stops this worker; all of it can be read again.
let held: Promise<Unwrapped | undefined> | undefined;
/** Keeps a newer access where the browser has no store; undefined when the access held is that of the store. */
let keepHeld: ((renewed: Unwrapped) => unknown) | undefined;
let isLocked = false;
/** Counts the times that a page has unlocked or logged out. */
let changes = 0;
let refusal: Refusal | undefined;
let renewing: Promise<void> | undefined;
let renewedAt = -Infinity;

/** The member's access, from memory or, after a restart of this worker, from the store. */
export async function currentAccess(): Promise<Access | undefined> {
  return (await loadHeld())?.access;
}

/** Why the last renewal was refused; undefined when it was not. */
export function lastRefusal(): Refusal | undefined {
  return refusal;
}

/** Asks the host for a newer `root`, unless that was done since `time` (milliseconds, of `performance.now()`). */
export function renewUnlessSince(time: number): Promise<void> {
  if (renewing) return renewing;
  if (renewedAt > time) return Promise.resolve();
  renewing = renew().finally(() => {
    renewing = undefined;
    renewedAt = performance.now();
  });
  return renewing;
}

/** The renewal under way, if there is one. */
export function renewal(): Promise<void> | undefined {
  return renewing;
}

/** Forgets the access, so that it is read from the store again, because a page has unlocked. */
export function forgetHeld(): void {
  changes++;
  held = undefined;
  keepHeld = undefined;
  isLocked = false;
  refusal = undefined;
  renewedAt = -Infinity;
  keepFiles();
  forgetOpened();
}

/**
 * Holds the access that a page has unlocked, in a browser that stores nothing.
 *
 * @param keep - is called with each newer one, so that an older build is refused on the next page, too
 */
export function hold(unwrapped: Unwrapped, keep: (renewed: Unwrapped) => unknown): void {
  held = Promise.resolve(unwrapped);
  keepHeld = keep;
}

/**
 * Forgets the access and writes nothing more, whatever the store still holds, because the member logs out. It doesn't
 * wait for pending cache writes: they can take as long as the host does, and the keys must be gone before.
 */
export function lockHeld(): void {
  forgetHeld();
  isLocked = true;
  stopKeeping();
}

/** Whether the store has a membership that ended. Doesn't look there during a log out, which is deleting it. */
export async function hasEnded(): Promise<boolean> {
  if (await loadHeld()) return false;
  const isLeaving = isLocked && !refusal;
  return !isLeaving && (await readEnded(__BASE__)) !== undefined;
}

async function loadHeld(): Promise<Unwrapped | undefined> {
  if (isLocked) return undefined;
  const loading = (held ??= load());
  const loaded = await loading;
  // A page has unlocked or logged out while the store was read: use what is held now.
  if (held !== loading) return loaded && loadHeld();
  // Don't cache that there is no access: a page that unlocks may not be controlled by this worker, and so not tell it.
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
    // Without a store there are no keys; the host's door says what to do.
  }
  return undefined;
}

async function renew(): Promise<void> {
  const before = await loadHeld();
  if (!before) return;
  const started = changes;
  // Whether a page has unlocked or logged out meanwhile.
  const isOverridden = () => changes !== started;
  const renewed = await renewAccess(__BASE__, before);
  // Safari goes on listing a database that is read after a log out, though it is never created.
  if (isOverridden()) return;
  const stored = keepHeld ? before : await readAccess(__BASE__).catch(() => before);
  const isSame = stored && (await isSameToken(stored.access.token, before.access.token));
  if (isOverridden()) return;
  // So has another tab, of which a page opened in place is not told: use that one's access, and overwrite nothing. Nor
  // does an answer count that the host has held back until another tab had a newer build.
  if (!isSame || buildOf(stored) > buildOf(before)) {
    held = undefined;
    return;
  }
  if ('reason' in renewed) return refuse(renewed, before);
  refusal = undefined;
  if (renewed === before) return;
  keepFormer(renewed.access, before.access);
  if (isOutlived(renewed)) {
    lockHeld();
    refusal = { reason: 'broken' };
    retire();
  } else {
    held = Promise.resolve(renewed);
  }
  // Written even when this worker is outdated, so that it knows that after a restart without asking the host. If the
  // disk is full, the keys in memory stay in use, and the next start asks the host again.
  const written = changes;
  if (keepHeld) keepHeld(renewed);
  else await writeAccess(__BASE__, renewed, () => changes === written).catch(() => undefined);
  await pruneCaches(renewed.access.keys[0]!.epoch);
}

/** Adds the build before to a renewed access, unless it opens a tier that the member has lost. */
function keepFormer(access: Access, { keys, root, former = [] }: Access): void {
  const tiers = new Set(access.keys.map(({ tier }) => tier));
  const builds = [{ keys, root }, ...former];
  access.former = builds
    .filter((build) => build.keys.every(({ tier }) => tiers.has(tier)))
    .slice(0, formerBuilds);
}

async function refuse(reason: Refusal, held: Unwrapped): Promise<void> {
  if ('date' in reason) {
    lockHeld();
    await writeEnded(__BASE__, reason, held).catch(() => undefined);
    await pruneCaches();
  }
  // The `root` may have a newer format, which the current worker could read.
  if (reason.reason === 'broken')
    void ownRegistration()
      ?.update()
      .catch(() => undefined);
  refusal = reason;
}

/**
 * Unregisters this worker, so that the next door installs the current one. It is not awaited: while a newer worker is
 * being installed, the browser unregisters this one only after it has answered all pending requests.
 */
function retire(): void {
  ownRegistration()
    ?.unregister()
    .catch(() => undefined);
}

/** This worker's registration; undefined in a page. */
function ownRegistration(): ServiceWorkerRegistration | undefined {
  return (self as unknown as { registration?: ServiceWorkerRegistration }).registration;
}

function buildOf({ access }: Unwrapped): number {
  return parseRoot(access.root).build;
}

/** Whether the site requires a newer worker than this one. */
function isOutlived({ access }: Unwrapped): boolean {
  return parseRoot(access.root).worker > protocol;
}
