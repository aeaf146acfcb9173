// N.B. Shared: the worker answers with this module, and so does a page opened in place.
import type { Absent, GateReply } from '../gate/message.ts';
import { parseRoot } from '../vault/index.ts';
import { isPage } from './address.ts';
import { answerMedia, answerPlain } from './answer.ts';
import { openPath, type Opened, type Unopened } from './open.ts';
import { currentAccess, lastRefusal, renewUnlessSince } from './session.ts';
import { sleep } from './sleep.ts';
import { stampBuild } from './stamp.ts';

export type Found = Opened | Unopened | 'locked';

/** A `root` older than this (milliseconds) is fetched again before a page is answered. */
const freshness = 10_000;
/** The longest that a page waits for it (milliseconds); on a slow connection the newest known `root` is good enough. */
const patience = 1500;

/** Whether the path was opened; otherwise `found` is the reason why not. */
export function isOpened(found: Found): found is Opened {
  return typeof found !== 'string';
}

/** Opens a path with the newest known root; if that fails, tries once more with the host's newest. */
export function find(path: string): Promise<Found> {
  return findBeside(path);
}

/** As {@link find}, but first asks the host for a newer root and waits a moment for it. */
export function findVisited(path: string): Promise<Found> {
  return findBeside(path, Promise.race([renewUnlessSince(performance.now() - freshness), sleep(patience)]));
}

/**
 * Opens a file that the newest build no longer has for a page of an earlier one: its recording may have been replaced
 * while it plays. Pages themselves are only opened from the newest.
 */
export async function findFormer(path: string): Promise<Found> {
  const access = await currentAccess();
  if (!access) return 'locked';
  if (isPage(path)) return 'absent';
  // Each build is asked only if all newer ones are known not to have the file: a host must not be able to withhold the
  // newest version of a file, and so bring back an earlier one.
  for (const build of [access, ...(access.former ?? [])]) {
    const found = await openPath({ ...access, ...build }, path);
    if (found !== 'absent') return found;
  }
  return 'absent';
}

/** Explains why there is a door where a page was requested. */
export async function explain(path: string): Promise<GateReply> {
  const found = await findBeside(path, renewUnlessSince(performance.now()));
  const refusal = lastRefusal();
  if (isOpened(found)) return { reason: 'open' };
  if (!refusal && found === 'absent') return explainAbsence();
  // This worker has unregistered itself; the door then installs the current one.
  if (!refusal || (found === 'locked' && refusal.reason === 'broken')) return { reason: found };
  return refusal;
}

/** The reply that there is nothing to open at a path, and whether the site has tiers above the member's. */
export async function explainAbsence(): Promise<Absent> {
  const access = await currentAccess();
  const isHigher = access && Object.keys(parseRoot(access.root).tables).length > access.keys.length;
  return { reason: 'absent', ...(isHigher && { isHigher }) };
}

/** Replies with the number of the newest build, for a page that has been open for a while. */
export async function newestBuild(): Promise<GateReply> {
  await renewUnlessSince(performance.now() - freshness);
  const access = await currentAccess();
  return access ? { reason: 'open', build: parseRoot(access.root).build } : { reason: 'locked' };
}

/** Answers with opened content: whole, or the range asked for. */
export function answer(path: string, opened: Opened, range: string | null): Response {
  if ('head' in opened) return answerMedia(path, opened.head, range);
  const { type, bytes, build } = opened;
  return answerPlain(path, { type, bytes: isPage(path) ? stampBuild(bytes, build) : bytes });
}

async function findBeside(path: string, renewed?: Promise<void>): Promise<Found> {
  const asked = performance.now();
  const access = await currentAccess();
  if (!access) return 'locked';
  const opening = openPath(access, path);
  await renewed;
  const newer = await currentAccess();
  const found = newer === access ? await opening : await reopen(path);
  if (isOpened(found) || found === 'locked') return found;
  // A path in no table may never have existed, like an icon, so an older look at the root will do; for one that did not
  // open, the host is asked again.
  await renewUnlessSince(found === 'absent' ? asked - freshness : asked);
  return (await currentAccess()) === newer ? found : reopen(path);
}

async function reopen(path: string): Promise<Found> {
  const access = await currentAccess();
  return access ? openPath(access, path) : 'locked';
}
