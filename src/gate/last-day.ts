import { addDays, dayInShanghai } from '../model/week.ts';
import { longDate } from '../text/dates.ts';
import { findLastDay, REMINDERS_PATH } from '../vault/reminders.ts';
import { importToken, parseToken, type TokenKey } from '../vault/token.ts';
import { readAccess } from './store.ts';
import { readVisit } from './tab.ts';
import { within } from './within.ts';

/** The number of days before the last one on which members are reminded of it. */
const ahead = 14;
/** Milliseconds to wait for the list. */
const patience = 20_000;

/**
 * The last day (YYYY-MM-DD) of the member's access, when it is near.
 *
 * @throws Error when the list can't be fetched, or is malformed
 */
export async function nearLastDay(): Promise<string | undefined> {
  const token = await readToken();
  if (!token) return undefined;
  const response = await within(patience, fetch(`${__BASE__}${REMINDERS_PATH.slice(1)}`));
  if (!response.ok) throw new Error(`${response.status} fetching the reminders`);
  const today = dayInShanghai(new Date());
  const days = Array.from({ length: ahead + 1 }, (_, i) => addDays(today, i));
  return findLastDay(new Uint8Array(await response.arrayBuffer()), token, days);
}

/** Fills in the day in a text of `gateTexts.ending`, whose `<time>` is empty. */
export function showDay(text: ParentNode, day: string): void {
  const time = text.querySelector('time')!;
  time.dateTime = day;
  time.textContent = longDate(day);
}

async function readToken(): Promise<TokenKey | undefined> {
  const stored = await readAccess(__BASE__).catch(() => undefined);
  if (stored) return stored.access.token;
  const token = parseToken(readVisit()?.token ?? '');
  return token ? importToken(token) : undefined;
}
