import { shorten } from '../../src/text/shorten.ts';
import type { Message } from './chat-messages.ts';
import { SOMEBODY, type Cast } from './chat-names.ts';
import type { Known } from './imported.ts';

/** Messages of one person within this many minutes are joined. */
const PAUSE = 3;
/** Small talk has fewer characters than this, links aside: joined messages, and a single message. */
const SHORT = 12;
const NOISE = 4;

const SYSTEM =
  /撤回了一条消息|加入了群聊|移出了?群聊|拍了拍|修改群名|领取了.{0,20}红包|已成为群主|以下为新消息|^\[(?:红包|转账|位置|名片)/;
const ATTACHED = /\[(图片|视频|语音|文件|链接|聊天记录|小程序|视频号)\]?[^\s[\]]*/g;
const STICKER = /\[[\p{Script=Han}A-Za-z]{1,6}\]|[\p{Extended_Pictographic}\ufe0f\u200d]/gu;
/** Several in a row count as one. */
const STICKERS = new RegExp(`(?:${STICKER.source})+`, 'gu');
// Browsers read a backslash as a slash, so no address of an entry may have one.
export const ADDRESS = /https?:\/\/[!-[\]-~]+/g;
const PHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;

/** `「林夏：……」` and a line of hyphens, as in WeChat; in WeCom the name is on a line of its own, in other quotes. */
const QUOTED =
  /^(?:这是一条引用\/回复消息[：:]\s*)?[「“"](?<said>[\s\S]*?)[」”"][^\S\n]*\n[-—\p{Zs}\t]{5,}\n/u;
/** `回复 林夏: ……` on the first line, as in Feishu. */
const REPLY = /^回复\s?(?<name>[^:：\n]{1,40})[:：](?<said>.*)\n(?=\S)/u;
/** Everybody repeats the whole list with one more line. */
const SIGN_UP = /^#\s?接龙(?=\s)/;
/** Characters of a quote that tell what is replied to. */
const QUOTE = 40;

/** What was removed from a chat, to tell of it. */
interface Removed {
  system: number;
  signUp: number;
  repeated: number;
  short: number;
  phone: number;
  quoted: number;
  sticker: number;
  /** Files: what was sent, by whom and on which day, and how often. */
  attached: Map<string, number>;
}

/** What somebody said, without what an entry doesn't have. */
interface Said extends Message {
  /** What they replied to. */
  quote: Quote | undefined;
  length: number;
  hasLink: boolean;
}

/**
 * Removes what nobody will look for, and reports how much of it there was.
 *
 * @param context - says what somebody replied to; without it, a reply stands alone
 */
export function worthKeeping(
  messages: readonly Message[],
  cast: Cast,
  context: ((quote: Quote) => string) | undefined,
  lost: string[],
): Message[] {
  const removed: Removed = {
    system: 0,
    signUp: 0,
    repeated: 0,
    short: 0,
    phone: 0,
    quoted: 0,
    sticker: 0,
    attached: new Map(),
  };
  const said = withoutNoise(
    messages.flatMap((message) => saidIn(message, cast, removed)),
    removed,
  );
  const joined = joinedWithinPauses(
    said.map((one) => ({ ...one, text: (one.quote && context ? context(one.quote) : '') + one.text })),
  );
  const kept = joined.filter(({ length, hasLink }) => length >= SHORT || hasLink);
  removed.short += joined.length - kept.length;
  lost.push(...removals(removed, context !== undefined));
  return kept;
}

/** Returns what somebody said in a message, or nothing if it has no words of theirs. */
function saidIn({ text: copied, ...rest }: Message, cast: Cast, removed: Removed): Said[] {
  // Some clients copy system messages without a head, so they end up below somebody's message.
  const lines = copied.split('\n');
  const written = rest.name === '系统消息' ? [] : lines.filter((line) => !SYSTEM.test(line.trim()));
  removed.system += lines.length - written.length;
  const { quote, own } = quoteIn(written.join('\n').trim(), cast);
  if (quote) removed.quoted++;
  if (SIGN_UP.test(own)) {
    removed.signUp++;
    return [];
  }
  for (const [file] of own.matchAll(ATTACHED)) {
    const what = `${rest.day} ${rest.name} 发的 ${file}`;
    removed.attached.set(what, (removed.attached.get(what) ?? 0) + 1);
  }
  removed.sticker += own.replace(ATTACHED, '').match(STICKERS)?.length ?? 0;
  removed.phone += own.match(PHONE)?.length ?? 0;
  const text = tidied(own);
  return text === ''
    ? []
    : [{ ...rest, text, quote, length: lengthOf(text), hasLink: /https?:\/\//.test(text) }];
}

/** Leaves out interjections, and what has been said before. */
function withoutNoise(said: readonly Said[], removed: Removed): Said[] {
  const seen = new Set<string>();
  return said.filter(({ text, length, hasLink }) => {
    if (length < NOISE && !hasLink) {
      removed.short++;
      return false;
    }
    const key = text.replace(/[\s\p{P}]/gu, '');
    if (seen.has(key)) {
      removed.repeated++;
      return false;
    }
    seen.add(key);
    return true;
  });
}

function joinedWithinPauses(said: readonly Said[]): Said[] {
  const joined: Said[] = [];
  for (const one of said) {
    const last = joined.at(-1);
    const goesOn =
      last?.name === one.name && last.day === one.day && (one.minute ?? 0) - (last.minute ?? 0) <= PAUSE;
    if (goesOn) {
      joined[joined.length - 1] = {
        ...one,
        text: `${last.text}\n${one.text}`,
        length: last.length + one.length,
        hasLink: last.hasLink || one.hasLink,
      };
    } else joined.push(one);
  }
  return joined;
}

/** Returns a sentence for each kind of thing that was removed. */
function removals(
  { attached, system, signUp, repeated, short, quoted, sticker, phone }: Removed,
  hasContext: boolean,
): string[] {
  const sentences: [count: number, sentence: string][] = [
    [system, '条系统消息去掉了'],
    [signUp, '条接龙去掉了'],
    [repeated, '条重复的只留了一次'],
    [short, '条很短的闲聊去掉了'],
    [quoted, `处回复时引用的原话${hasContext ? '只留了开头' : '去掉了'}`],
    [sticker, '处表情去掉了'],
    [phone, '个手机号换成了［手机号］'],
  ];
  return [
    ...Array.from(
      attached,
      ([what, many]) => `${what}${many > 1 ? `（${many} 个）` : ' '}没有带过来，要用就另存到文章的文件夹里`,
    ),
    ...sentences.filter(([count]) => count > 0).map(([count, sentence]) => `${count} ${sentence}`),
  ];
}

/** What somebody replied to. */
export interface Quote {
  name: string;
  said: string;
}

/** Splits a reply from what it quotes. */
function quoteIn(text: string, cast: Cast): { quote?: Quote; own: string } {
  const quoted = QUOTED.exec(text);
  if (quoted) {
    const [, name = '', said = ''] = /^([^:：\n]{1,40})[:：]([\s\S]*)$/.exec(quoted.groups!.said!) ?? [];
    return { quote: { name, said }, own: text.slice(quoted[0].length) };
  }
  const reply = REPLY.exec(text);
  const { name = '', said = '' } = reply?.groups ?? {};
  if (!reply || cast.nameOf(name) === undefined) return { own: text };
  return { quote: { name, said }, own: text.slice(reply[0].length) };
}

/** Returns a function that says in one line to whom and what somebody replied. */
export function contextIn(cast: Cast, known: Known): (quote: Quote) => string {
  return ({ name, said }) => {
    const isNamed = cast.nameOf(name) !== undefined || known.idOf(name) !== undefined;
    const told = tidied(said).replace(ADDRESS, '［链接］').replace(/\s+/g, ' ').trim();
    return `（回 @${isNamed ? tidied(name) : SOMEBODY}${told === '' ? '' : `：${shortened(told)}`}）\n`;
  };
}

/** A mention that is cut off would still show half of a name. */
const shortened = (told: string): string => shorten(told, QUOTE).replace(/@[^\s…]*…$/, '…');

/** Removes from a text what an entry doesn't have. */
export function tidied(text: string): string {
  return text
    .replace(ATTACHED, '')
    .replace(STICKER, '')
    .replace(PHONE, '［手机号］')
    .replace(/\u2005/g, ' ')
    .trim();
}

/** Counts the characters of a text without addresses, mentions, spaces and punctuation. */
function lengthOf(text: string): number {
  return text.replace(ADDRESS, '').replace(/[\s\p{P}]|@\S+/gu, '').length;
}
