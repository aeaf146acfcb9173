import { formatTime, isTime, parseTime } from '../model/time.ts';

/**
 * Finds what a wrong value was meant to be, and says how to write it: `2026年11月2日` ⇒ `写成 2026-11-02`.
 *
 * @param isRight - whether a value would be accepted in its place
 * @param sentence - the description of the field, which may list values with their names: `reading（读书）`
 * @param spell - how a value is written in its place
 * @returns `undefined` if no reading of the value is acceptable
 */
export function writeInstead(
  value: unknown,
  isRight: (candidate: unknown) => boolean,
  sentence = '',
  spell: (right: Reading) => string = String,
): string | undefined {
  if (!['string', 'number'].includes(typeof value) || isRight(value)) return undefined;
  const written = String(value);
  if (written.length > LONGEST) return undefined;
  const right = readings(written, sentence).find((candidate) => candidate !== value && isRight(candidate));
  if (right === undefined) return undefined;
  const text = spell(right);
  if (/["']/.test(text)) return `写成 ${text}，加上英文的引号`;
  const isQuoted = typeof value === 'string' && (text === written || unquoted(written) !== written);
  const note = isQuoted
    ? '，不加引号'
    : plain(written) !== written || /[、，。；]/.test(written)
      ? '，数字和符号都用英文的'
      : '';
  return `写成 ${text}${note}`;
}

/** What a value could mean. */
type Reading = string | number | boolean | string[];

/** Longer values are no slips of the pen. */
const LONGEST = 200;
const QUOTES = /^["'“”‘’「」『』]+|["'“”‘’「」『』]+$/g;

/** Writes digits, dashes and brackets as ASCII. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/【/g, '[')
    .replace(/】/g, ']')
    .trim();
}

const unquoted = (text: string) => text.replace(QUOTES, '');

/** Returns all that a value could mean, the most literal first. */
function readings(written: string, sentence: string): Reading[] {
  const text = unquoted(plain(written))
    .replace(/[,;、，。；]+$/, '')
    .trim();
  const named = [...sentence.matchAll(/([\w+-]+)（([^，）]+)/g)].filter(([, , name]) => text.includes(name!));
  const numbers = text.match(/\d+(?:\.\d+)?/g) ?? [];
  return [
    text,
    text.replace(/\p{Script=Han}+$/u, ''),
    text.replace(/^《(.*)》$/, '$1'),
    // Before the date: in a slug, it is only the beginning.
    text.toLowerCase().replace(/[\s_]+/g, '-'),
    ...[named.length === 1 ? named[0]![1] : undefined, dateIn(text), timeIn(text), weekIn(text)].filter(
      (one) => one !== undefined,
    ),
    ...(/^(?:true|yes|是|对)$/i.test(text) ? [true] : []),
    ...(/^(?:false|no|否|不是)$/i.test(text) ? [false] : []),
    ...(numbers.length === 1 ? [Number(numbers[0])] : []),
    text
      .replace(/^\[|\]$/g, '')
      .split(/[,，、;；\s]+/)
      .filter((part) => part !== ''),
  ];
}

function dateIn(text: string): string | undefined {
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    [];
  return day === undefined ? undefined : `${year!}-${month!.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function timeIn(text: string): string | undefined {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^(?=\d)(?:(\d{1,2})\s*(?:小时|时))?\s*(?:(\d{1,3})\s*分钟?)?\s*(?:(\d{1,2})\s*秒)?$/.exec(text) ?? [];
  const [clock = ''] = /^\d[\d:]*(?=[.,]\d{1,3}$|$)/.exec(text) ?? [];
  if (isTime(clock)) return formatTime(parseTime(clock));
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total > 0 || /^0\D/.test(text) ? formatTime(total) : undefined;
}

function weekIn(text: string): string | undefined {
  const [, year, week] = /^(\d{4})\s*年?[-\s]*(?:[Ww]|第)?\s*(\d{1,2})\s*周?$/.exec(text) ?? [];
  return week === undefined ? undefined : `${year!}-W${week.padStart(2, '0')}`;
}
