import { inBatches } from './batches.ts';
import { type Bytes, compare, concat, Cursor, fromUtf8, join, uint, utf8 } from './bytes.ts';
import { isDateShaped } from './date.ts';
import { derive, infoOf } from './kdf.ts';
import { powerOfTwo } from './padding.ts';
import { NO_SALT, type Primitives, webPrimitives } from './primitives.ts';
import { tokenInfo, type TokenKey } from './token.ts';

/** The logical path of the list; its object is sealed for the lowest tier. */
export const REMINDERS_PATH = '/account/reminders';

const LABEL = 'jinghua v1 reminder';
const DECOY_LABEL = 'jinghua v1 reminder decoy';
const DATE_SIZE = 10;
const MARK_SIZE = 16;
const LEAST = 32;
const AT_ONCE = 256;

/** A token, and the last day (YYYY-MM-DD) on which it opens anything. */
export interface LastDay {
  id: string;
  serial: number;
  lastDay: string;
}

/**
 * Encodes the list of the memberships that end soon. All members can open the list, but only the holder of a token can
 * tell which mark is theirs. Decoys hide how many there are, and the date makes every mark new, so that the lists of two
 * days can't be compared.
 *
 * @param date - the day of the build, YYYY-MM-DD
 * @param endings - in any order
 * @param primitives - used in place of WebCrypto where a faster library is at hand; the bytes are the same.
 */
export async function encodeReminders(
  secret: Bytes,
  date: string,
  endings: readonly LastDay[],
  { hkdf }: Primitives = webPrimitives,
): Promise<Bytes> {
  const marks = await inBatches([...endings], AT_ONCE, async ({ id, serial, lastDay }) => {
    const token = await hkdf(secret, 16, NO_SALT, tokenInfo(id, serial));
    return hkdf(token, MARK_SIZE, NO_SALT, infoOf(LABEL, date, lastDay));
  });
  const count = powerOfTwo(Math.max(LEAST, marks.length));
  const numbers = Array.from({ length: count - marks.length }, (_, i) => i);
  const decoys = await inBatches(numbers, AT_ONCE, async (i) =>
    hkdf(secret, MARK_SIZE, NO_SALT, infoOf(DECOY_LABEL, date, uint(i, 4))),
  );
  return concat(utf8(date), join([...marks, ...decoys].sort(compare)));
}

/**
 * Finds the last day of a membership in a list.
 *
 * @param days - the days to look for, YYYY-MM-DD
 * @returns undefined when the membership ends on none of these days, or the list doesn't say
 * @throws Error when the list is malformed
 */
export async function findLastDay(
  list: Bytes,
  { key }: TokenKey,
  days: readonly string[],
): Promise<string | undefined> {
  const cursor = new Cursor(list);
  const date = fromUtf8(cursor.take(DATE_SIZE));
  if (!isDateShaped(date)) throw new Error('list of reminders without a date');
  const marks = await Promise.all(days.map((day) => derive(key, MARK_SIZE, LABEL, date, day)));
  while (cursor.left > 0) {
    const mark = cursor.take(MARK_SIZE);
    const at = marks.findIndex((own) => compare(own, mark) === 0);
    if (at >= 0) return days[at];
  }
  return undefined;
}
