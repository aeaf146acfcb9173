import { addDays, dayInShanghai } from '../model/week.ts';
import { findLastDay, REMINDERS_PATH } from '../vault/reminders.ts';
import { importToken, parseToken, type TokenKey } from '../vault/token.ts';
import { readAccess } from './store.ts';
import { readVisit } from './tab.ts';

/** The number of days before the last one on which members are reminded of it. */
const ahead = 14;

/**
 * The last day (YYYY-MM-DD) of the member's access, when it is near.
 *
 * @throws Error when the list can't be fetched, or is malformed
 */
export async function nearLastDay(): Promise<string | undefined> {
  const token = await readToken();
  if (!token) return undefined;
  const response = await fetch(`${__BASE__}${REMINDERS_PATH.slice(1)}`);
  if (!response.ok) throw new Error(`${response.status} fetching the reminders`);
  const today = dayInShanghai(new Date());
  const days = Array.from({ length: ahead + 1 }, (_, i) => addDays(today, i));
  return findLastDay(new Uint8Array(await response.arrayBuffer()), token, days);
}

async function readToken(): Promise<TokenKey | undefined> {
  const stored = await readAccess(__BASE__).catch(() => undefined);
  if (stored) return stored.access.token;
  const token = parseToken(readVisit()?.token ?? '');
  return token ? importToken(token) : undefined;
}
