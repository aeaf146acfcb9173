import { LOWEST_TIER } from '../../src/model/audience.ts';
import { addDays } from '../../src/model/week.ts';
import { encodeReminders, REMINDERS_PATH, type Bytes, type LastDay } from '../../src/vault/index.ts';
import type { Membership } from './membership.ts';
import { nodePrimitives } from './primitives.ts';
import type { SealedSource, Site } from './site.ts';

/**
 * The number of days before the last one from which a build's list names a membership: the two weeks in which pages
 * remind of it, and a month in which nobody publishes.
 */
const AHEAD = 45;

/** Returns a site with the list from which members learn that their membership ends soon, sealed for all of them. */
export async function addReminders(
  site: Site,
  membership: Membership,
  secret: Bytes,
  date: string,
): Promise<Site> {
  const bytes = await encodeReminders(secret, date, endingSoon(membership, date), nodePrimitives);
  const source: SealedSource = { type: 'application/octet-stream', kind: 'object', read: () => bytes };
  const lowest = new Map(site.sealed.get(LOWEST_TIER)).set(REMINDERS_PATH, source);
  return { ...site, sealed: new Map(site.sealed).set(LOWEST_TIER, lowest) };
}

/** Returns the memberships that end soon after `date`. */
export function endingSoon({ tokens }: Membership, date: string): LastDay[] {
  const last = addDays(date, AHEAD);
  return tokens.flatMap(({ id, serial, ...state }) =>
    state.state === 'active' && state.expires !== undefined && state.expires <= last
      ? [{ id, serial, lastDay: state.expires }]
      : [],
  );
}
