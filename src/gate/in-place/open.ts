import { explainAbsence, find, findVisited, isOpened } from '../../worker/find.ts';
import { isPage, logicalPath } from '../../worker/address.ts';
import { reply } from '../../worker/reply.ts';
import { stampBuild } from '../../worker/stamp.ts';
import { currentAccess, hold, lastRefusal } from '../../worker/session.ts';
import type { Refusal } from '../access.ts';
import { answerHere } from '../bridge.ts';
import type { Absent } from '../message.ts';
import type { Unwrapped } from '../store.ts';
import { keepVisit, resumeVisit } from '../visit.ts';
import { answerFetches } from './fetch.ts';
import { writePage, type Keeping } from './page.ts';

/** Why nothing was opened in place. */
export type Closed = Refusal | Absent | { reason: 'locked' };

/**
 * Opens the page of this address in place of its door, for browsers without a worker that would answer with it.
 *
 * @param unlocked - the access just unwrapped, in a browser that stores nothing
 * @param isMissing - whether this door is part of the host's 404 page
 * @returns null when the page is open
 * @throws Error in a frame
 */
export async function openInPlace(
  unlocked: Unwrapped | undefined,
  isMissing: boolean,
): Promise<Closed | null> {
  // Prevent clickjacking: a worker forbids framing in a header, but not every host does.
  if (self !== top) throw new Error('in a frame');
  cleanAddress();
  const keeping = await holdAccess(unlocked);
  if (typeof keeping !== 'string') return keeping;

  const base = new URL(__BASE__, location.href);
  const path = logicalPath(new URL(location.href), base) ?? '/';
  let found = await findVisited(path);
  if (found === 'absent' && !isPage(path) && isOpened(await find(`${path}/`))) {
    location.replace(`${location.pathname}/${location.search}${location.hash}`);
    return null;
  }
  if (found === 'absent' && isMissing) found = await find('/404.html');
  if (!isOpened(found)) return lastRefusal() ?? (found === 'absent' ? explainAbsence() : { reason: found });
  if (!('bytes' in found)) return { reason: 'absent' };
  answerHere(reply);
  answerFetches(base);
  await writePage(new TextDecoder().decode(stampBuild(found.bytes, found.build)), base, keeping);
  return null;
}

/** Holds the access just unlocked, else the stored one, else the one kept for this visit. */
async function holdAccess(unlocked: Unwrapped | undefined): Promise<Keeping | Closed> {
  if (unlocked) {
    hold(unlocked, keepVisit);
    return keepVisit(unlocked) ? 'visit' : 'page';
  }
  if (await currentAccess()) return 'stored';
  const resumed = await resumeVisit(__BASE__);
  // A refusal here means that this code is older than the site allows, because the host mixes two builds.
  if (!resumed) return lastRefusal() ?? { reason: 'locked' };
  if ('reason' in resumed) return resumed;
  hold(resumed, keepVisit);
  keepVisit(resumed);
  return 'visit';
}

/** Removes the trailing `?` or `&` that a door adds to reload itself (openAnew); a worker would redirect it away. */
function cleanAddress(): void {
  const spelling = /^([^#]*)[?&](#.*|$)/.exec(location.href);
  if (spelling) history.replaceState(history.state, '', spelling[1]! + spelling[2]!);
}
