// N.B. Shared: the worker answers pages with it, and so does a page that is opened in place.
import type { Absent, GateReply } from '../gate/message.ts';
import { parseRoot } from '../vault/index.ts';
import { isPage } from './address.ts';
import { answerMedia, answerPlain } from './answer.ts';
import { openPath, type Opened, type Unopened } from './open.ts';
import { currentAccess, lastRefusal, renewUnlessSince } from './session.ts';
import { sleep } from './sleep.ts';
import { stampBuild } from './stamp.ts';

export type Found = Opened | Unopened | 'locked';

/** A `root` this old (milliseconds) is looked at again before a page is answered, as any page would be. */
const freshness = 10_000;
/** How long (milliseconds) a page waits for that at most; on a bad line the newest `root` known is good enough. */
const patience = 1500;

/** Whether something stood at the path and opened; else it says why not. */
export function isOpened(found: Found): found is Opened {
  return typeof found !== 'string';
}

/** Opens a path with the newest root known; what does not open is tried once more with the newest there is. */
export function find(path: string): Promise<Found> {
  return findBeside(path);
}

/** As {@link find}, but looks first whether there is a newer root, and waits a moment for it. */
export function findVisited(path: string): Promise<Found> {
  return findBeside(path, Promise.race([renewUnlessSince(performance.now() - freshness), sleep(patience)]));
}

/** Why a door stands where a page was asked for. */
export async function explain(path: string): Promise<GateReply> {
  const found = await findBeside(path, renewUnlessSince(performance.now()));
  const refusal = lastRefusal();
  if (isOpened(found)) return { reason: 'open' };
  if (!refusal && found === 'absent') return explainAbsence();
  // A worker that has taken itself away: the door goes to fetch the one of now.
  if (!refusal || (found === 'locked' && refusal.reason === 'broken')) return { reason: found };
  return refusal;
}

/** The reply that there is nothing to open at a path, and whether a higher tier might open something there. */
export async function explainAbsence(): Promise<Absent> {
  const access = await currentAccess();
  const isHigher = access && Object.keys(parseRoot(access.root).tables).length > access.keys.length;
  return { reason: 'absent', ...(isHigher && { isHigher }) };
}

/** Which build is the newest, for a page that has been open for a while. */
export async function newestBuild(): Promise<GateReply> {
  await renewUnlessSince(performance.now() - freshness);
  const access = await currentAccess();
  return access ? { reason: 'open', build: parseRoot(access.root).build } : { reason: 'locked' };
}

/** The answer that what was opened makes: whole, or the range asked for. */
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
  // What is not there may well never have been: an icon, say. What does not open is looked into at once.
  await renewUnlessSince(found === 'absent' ? asked - freshness : asked);
  return (await currentAccess()) === newer ? found : reopen(path);
}

async function reopen(path: string): Promise<Found> {
  const access = await currentAccess();
  return access ? openPath(access, path) : 'locked';
}
