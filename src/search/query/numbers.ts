import { escapePattern } from './pattern.ts';

/**
 * Rewrites the numbers of a folded text, which people may say in characters and type in digits.
 *
 * `21天` ⇒ 二十一天, `200人` ⇒ 二百人 and 两百人, `前一百个人` ⇒ 前100个人, `1872` ⇒ 1,872, `30%` ⇒ 百分之三十
 *
 * A number of one digit is not rewritten, because it is part of many words; but 第5期 is 第五期.
 */
export function numbersOtherwise(typed: string): string[] {
  const written = [inCharacters(typed, '二'), inCharacters(typed, '两'), inDigits(typed, String)];
  const grouped = inDigits(typed, (number) => number.toLocaleString('en'));
  return [...new Set([...written, grouped])].filter((text) => text !== typed);
}

/** Matches these words, unless they are part of a longer number: 十一天 is not in 二十一天. */
export function wholeNumbers(words: readonly string[]): RegExp {
  const whole = words.map((word) => {
    const before = IS_NUMERAL.test(word[0]!) ? `(?<!${NUMERAL}|\\p{N}[.,])` : '';
    const after = IS_NUMERAL.test(word.at(-1)!) ? `(?!${NUMERAL}|[.,]\\p{N})` : '';
    return before + escapePattern(word) + after;
  });
  return new RegExp(whole.join('|'), 'u');
}

const DIGITS = '零一二三四五六七八九';
const UNITS = ['', '十', '百', '千'];
const NUMERAL = '[\\p{N}零〇一二两三四五六七八九十百千万亿]';
const IS_NUMERAL = new RegExp(NUMERAL, 'u');

/** Matches a whole number in digits, but no part of `20:30`, `1.6` or `0-3`. */
const IN_DIGITS = /(?<![\d.,:/-])(\d{1,3}(?:,\d{3})+|\d{1,8})(?![\d,:/-]|\.\d)(%?)/g;
/** Matches a number in characters. */
const IN_CHARACTERS = /(百分之)?([零〇一二两三四五六七八九十百千万]+)/g;

/** @param two - the word for two before 百, 千 and 万 */
function inCharacters(typed: string, two: '二' | '两'): string {
  return typed.replace(IN_DIGITS, (number, digits: string, percent: string, at: number) => {
    const value = Number(digits.replaceAll(',', ''));
    if (!isNumber(digits, typed, at)) return number;
    const said = percent ? `百分之${say(value)}` : say(value);
    return two === '两' ? said.replace(/二(?=[百千万])/g, '两') : said;
  });
}

function inDigits(typed: string, write: (number: number) => string): string {
  return typed
    .replace(IN_CHARACTERS, (number, percent: string | undefined, characters: string, at: number) => {
      const value = isNumber(characters, typed, at) || percent ? valueOf(characters) : undefined;
      if (value === undefined) return number;
      return percent ? `${value}%` : write(value);
    })
    .replace(IN_DIGITS, (number, digits: string) =>
      digits.length > 3 ? number.replace(digits, write(Number(digits.replaceAll(',', '')))) : number,
    );
}

function isNumber(written: string, typed: string, at: number): boolean {
  return written.length > 1 || typed[at - 1] === '第';
}

/** `140` ⇒ 一百四十. */
function say(value: number): string {
  const tenThousands = Math.floor(value / 10_000);
  const rest = value % 10_000;
  const said = tenThousands > 0 ? `${sayBelow(tenThousands)}万` : '';
  const gap = said !== '' && rest > 0 && rest < 1000 ? '零' : '';
  const below = rest > 0 || said === '' ? sayBelow(rest) : '';
  return (said + gap + below).replace(/^一十/, '十');
}

/** A number below ten thousand. */
function sayBelow(value: number): string {
  const digits = Array.from(String(value), Number);
  return digits
    .map((digit, at) => (digit === 0 ? '零' : DIGITS[digit]! + UNITS[digits.length - 1 - at]!))
    .join('')
    .replace(/零+/g, '零')
    .replace(/(?<=.)零$/, '');
}

/** 一百四十 ⇒ 140; undefined for anything that is not a number: 三四, 百千. */
function valueOf(characters: string): number | undefined {
  let value = 0;
  let below = 0;
  for (const [, digit = '', unit = ''] of characters.matchAll(
    /([零〇一二两三四五六七八九]*)([十百千万]?)/g,
  )) {
    const number = digit
      .replace(/^[零〇](?=.)/, '')
      .replace('〇', '零')
      .replace('两', '二');
    const amount = number === '' ? 1 : DIGITS.indexOf(number);
    if (unit === '万') {
      value = (below + (number === '' ? 0 : amount)) * 10_000;
      below = 0;
    } else if (unit) below += amount * 10 ** UNITS.indexOf(unit);
    else if (number !== '') below += amount;
  }
  const sum = value + below;
  // Only the standard form is a number: 一百五 and 三四 may mean something else.
  const said = [say(sum), say(sum).replace(/二(?=[百千万])/g, '两')];
  const plain = characters.replaceAll('〇', '零');
  return said.includes(plain) || said.includes(plain.replace(/^一十/, '十')) ? sum : undefined;
}
