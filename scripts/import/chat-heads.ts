import { addDays, dayInShanghai, isDate, weekdayOf } from '../../src/model/week.ts';

/** Who said something, and when. */
export interface Head {
  /** `YYYY-MM-DD` */
  day: string;
  /** Minutes since midnight; `undefined` if the copy has no times. */
  minute: number | undefined;
  name: string;
  /** What is said on the same line. */
  text?: string;
}

const DAY = String.raw`(?:(?:(?<year>\d{4})[-/.年])?(?<month>\d{1,2})[-/.月](?<date>\d{1,2})日?|(?<near>今天|昨天|前天|(?:星期|周|礼拜)[一二三四五六日天]))`;
const CLOCK = String.raw`(?:(?<part>凌晨|早上|上午|中午|下午|傍晚|晚上)\s*)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2})?`;
const NAME = String.raw`(?<name>\S.{0,40}?)`;
/** `林夏 2026/11/18 21:03`, as the desktop client copies several messages; on phones `林夏 11月18日 晚上9:03`. */
const NAME_FIRST = new RegExp(String.raw`^${NAME}[\s:：]+${DAY}\s+${CLOCK}$`);
/** `2026-11-18 21:03:12 林夏`, as export tools write it. */
const TIME_FIRST = new RegExp(String.raw`^${DAY}\s+${CLOCK}\s+${NAME}[:：]?$`);
/** `[2026/11/18 21:03] 林夏: 大家好`, and `林夏(2026/11/18 21:03): 大家好`: the whole message on one line. */
const SAID = String.raw`\s*[:：]\s*(?<text>\S.*)$`;
const ONE_LINE = [
  new RegExp(String.raw`^[[(（【]?${DAY}\s+${CLOCK}[\])）】]?\s+(?<name>[^\s:：][^:：]{0,40}?)${SAID}`),
  new RegExp(String.raw`^(?<name>[^\s:：][^:：]{0,40}?)\s*[[(（【]${DAY}\s+${CLOCK}[\])）】]${SAID}`),
];
/** `2026/11/18 21:03` alone, with the name on the line above or below. */
const STAMP = new RegExp(String.raw`^${DAY}\s+${CLOCK}$`);
const WHOLE_HEADS = [...ONE_LINE, TIME_FIRST, NAME_FIRST];
/** `—————  2026-11-18  —————`, then `林夏  21:03`, as in chats sent by mail. */
const DAY_LINE = new RegExp(String.raw`^[\s—\-─=]*${DAY}[\s—\-─=]*$`);
const NAME_CLOCK = new RegExp(String.raw`^${NAME}\s+${CLOCK}$`);
/** `林夏:` alone on its line, as some clients copy it: no day at all. */
const NAME_ONLY = /^(?<name>[^\s，。！？「」][^，。！？「」]{0,23})[:：]$/;
/** A moment of ISO 8601 with its zone. */
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const MOMENT = new RegExp(String.raw`^${DAY}[T\s]+${CLOCK}`);

type Groups = Partial<
  Record<'year' | 'month' | 'date' | 'near' | 'part' | 'hour' | 'minute' | 'name' | 'text', string>
>;

/**
 * Reads a day and time at the beginning of a text, `2026-11-18 21:03`; `undefined` without a year. With a time zone, as in
 * `2026-11-18T13:03:00Z`, they become those of Shanghai.
 */
export function readMoment(text: string): Omit<Head, 'name'> | undefined {
  if (ZONED.test(text) && !Number.isNaN(Date.parse(text))) {
    const instant = new Date(text);
    // Shanghai is 8 hours ahead all year.
    return {
      day: dayInShanghai(instant),
      minute: ((instant.getUTCHours() + 8) % 24) * 60 + instant.getUTCMinutes(),
    };
  }
  const groups: Groups | undefined = MOMENT.exec(text)?.groups;
  if (groups?.year === undefined) return undefined;
  const day = dayOf(groups, '');
  return day === undefined ? undefined : { day, minute: minuteOf(groups) };
}

/**
 * Finds the lines that begin a message, and those that only give the day of the following ones.
 *
 * @param copied - the day on which the chat was copied
 * @param lost - is extended by what had to be guessed
 * @returns for each line its head, `'day'`, or `undefined` if it belongs to the message above
 */
export function readHeads(lines: string[], copied: string, lost: string[]): (Head | 'day' | undefined)[] {
  let day: string | undefined;
  let guesses = 0;
  const heads = lines.map((line): Head | 'day' | undefined => {
    const text = line.trim();
    const groups: Groups | undefined =
      DAY_LINE.exec(text)?.groups ??
      matchOf(WHOLE_HEADS, text)?.groups ??
      (day === undefined ? undefined : NAME_CLOCK.exec(text)?.groups);
    if (!groups) return undefined;
    const own = groups.month === undefined && groups.near === undefined ? day : dayOf(groups, copied);
    if (own === undefined) return undefined;
    if (groups.year === undefined && own !== day) guesses++;
    if (groups.name === undefined) {
      day = own;
      return 'day';
    }
    return {
      day: own,
      minute: minuteOf(groups),
      name: nameOf(groups.name),
      ...(groups.text !== undefined && { text: groups.text }),
    };
  });
  if (guesses > 0) {
    lost.push(
      `有的日期没有写年份，或写的是“昨天”“星期三”：按 ${copied} 往回推的，请核对；不对就加 --date 复制那天`,
    );
  }
  if (heads.some((head) => typeof head === 'object')) return heads;
  const dayless = daylessHeads(lines, copied);
  if (dayless.some((head) => head !== undefined))
    lost.push(`聊天里没有日期，都算在 ${copied}；不对就加 --date`);
  return dayless;
}

/** Finds the lines that begin a message in a copy without days: `林夏  21:03` if the first line is one, else `林夏:`. */
function daylessHeads(lines: readonly string[], copied: string): (Head | undefined)[] {
  const texts = lines.map((line) => line.trim());
  const isClocked = NAME_CLOCK.test(texts.find((text) => text !== '') ?? '');
  const found = texts.map(
    (text) => (isClocked ? NAME_CLOCK : NAME_ONLY).exec(text)?.groups as Groups | undefined,
  );
  // Where messages are apart, a line with a colon within one is no name.
  const isAbove = (index: number) => index === 0 || texts[index - 1] === '';
  const areApart = !isClocked && found.some((groups, index) => groups && index > 0 && isAbove(index));
  return found.map((groups, index) =>
    groups?.name === undefined || (areApart && !isAbove(index))
      ? undefined
      : { day: copied, minute: isClocked ? minuteOf(groups) : undefined, name: nameOf(groups.name) },
  );
}

/** Joins names and times on lines of their own, one below the other, to heads: which is above, the first line tells. */
export function withJoinedHeads(lines: readonly string[]): string[] {
  const joined = lines.map((line) => line.trim());
  const written = joined.flatMap((line, index) => (line === '' ? [] : index));
  if (joined.some((line) => matchOf(WHOLE_HEADS, line) !== undefined)) return [...lines];
  const isTimeAbove = STAMP.test(joined[written[0] ?? 0]!);
  written.forEach((index, at) => {
    const beside = written[isTimeAbove ? at + 1 : at - 1];
    if (beside === undefined || !STAMP.test(joined[index]!) || STAMP.test(joined[beside]!)) return;
    joined[index] = `${joined[beside]!} ${joined[index]!}`;
    joined[beside] = '';
  });
  return joined;
}

function matchOf(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return undefined;
}

/** Removes the account name in brackets that export tools add. */
function nameOf(text: string): string {
  return text.replace(/[(（<][\w@.-]+[)）>]$/, '').trim();
}

function dayOf({ year, month, date, near }: Groups, copied: string): string | undefined {
  if (near !== undefined) return before(copied, near);
  if (month === undefined || date === undefined) return undefined;
  const rest = `-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (year !== undefined) return valid(year + rest);
  const thisYear = Number(copied.slice(0, 4));
  // Without a year, a day in the future is one of last year, and so is one that this year doesn't have (February 29).
  return [thisYear, thisYear - 1]
    .map((one) => valid(`${one}${rest}`))
    .find((day) => day !== undefined && day <= copied);
}

function before(copied: string, near: string): string {
  const back = ['今天', '昨天', '前天'].indexOf(near);
  if (back >= 0) return addDays(copied, -back);
  const weekday = '一二三四五六日'.indexOf(near.at(-1)!.replace('天', '日')) + 1;
  // The client writes a weekday for the past seven days, and never for today.
  return addDays(copied, -((weekdayOf(copied) - weekday + 7) % 7 || 7));
}

const valid = (day: string) => (isDate(day) ? day : undefined);

function minuteOf({ part, hour, minute }: Groups): number {
  const written = Number(hour);
  const isAfternoon = ['下午', '傍晚', '晚上'].includes(part ?? '') || (part === '中午' && written < 11);
  return ((written % 24) + (isAfternoon && written < 12 ? 12 : 0)) * 60 + Number(minute);
}
