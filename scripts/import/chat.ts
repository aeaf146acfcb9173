import type { PhrasingContent, RootContent } from 'mdast';
import { weekOf } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import { shorten } from '../../src/text/shorten.ts';
import { castOf, mentionsHidden, nameless, SOMEBODY, type Cast } from './chat-names.ts';
import { readHeads, readMoment, withJoinedHeads } from './chat-heads.ts';
import type { Imported, Known } from './imported.ts';
import { component } from './mdx.ts';

/** One message of a chat. */
interface Message {
  /** `YYYY-MM-DD` */
  day: string;
  /** Minutes since midnight; `undefined` if the copy has no times. */
  minute: number | undefined;
  name: string;
  text: string;
}

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
const ADDRESS = /https?:\/\/[!-[\]-~]+/g;
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

/** The forms that a chat can become. */
export type ChatForm = 'digests' | 'discussions';

/**
 * Turns a copied chat into the picks of a digest, by day, or into the viewpoints of a discussion, by person.
 *
 * @param text - WeChat's text in its usual shapes, or JSON `[{ "time": "2026-11-18 21:03", "name": …, "text": … }]`
 * @param copied - the day on which it was copied, which “昨天” refers to
 * @param given - the week of the digest; without one, that of most messages
 * @throws CommandError (2) when it contains no message
 */
export function readChat(
  text: string,
  form: ChatForm,
  known: Known,
  copied: string,
  given?: string,
): Imported {
  const lost: string[] = [];
  const all = /^\s*\[\s*\{/.test(text) ? fromJson(text, lost) : fromText(text, copied, lost);
  if (all.length === 0) {
    throw new CommandError(
      '文件里没有读得懂的聊天记录 → 每条要有一行“名字 2026/11/18 21:03”，下面是内容；或用 JSON',
      2,
    );
  }
  const messages = form === 'digests' ? ofOneWeek(all, given, lost) : all;
  const written = messages.map(({ name }) => name);
  const cast = castOf(written);
  // Only by person, a reply is away from what it replies to.
  const context = form === 'discussions' ? contextIn(cast, known) : undefined;
  const kept = worthKeeping(
    messages.map((message) => ({ ...message, name: cast.nameOf(message.name)! })),
    cast,
    context,
    lost,
  );
  const aliases = nameless(
    kept.map(({ name }) => name),
    known,
    lost,
  );
  const hidden = mentionsHidden(written, { cast, known, aliases }, tidied, lost);
  const write = (name: string, who: string, texts: string[]) =>
    said(name, who, texts.map(hidden), known, aliases);
  const body = form === 'digests' ? byDay(kept, write) : byPerson(kept, known, write);
  const week = weekOf(mostFrequent((kept.length > 0 ? kept : messages).map(({ day }) => day)));
  return { values: { week }, body, files: new Map(), lost };
}

/**
 * Returns the messages of the week that a digest is about; says which other weeks there are.
 *
 * @throws CommandError (2) when the given week has none
 */
function ofOneWeek(all: Message[], given: string | undefined, lost: string[]): Message[] {
  const weekOfMessage = ({ day }: Message) => weekOf(day);
  const weeks = [...new Set(all.map(weekOfMessage))].sort();
  const week = given ?? mostFrequent(all.map(weekOfMessage));
  const others = weeks.filter((one) => one !== week);
  if (!weeks.includes(week)) {
    throw new CommandError(`聊天里没有 ${week} 的话，只有 ${weeks.join('、')} 的 → 改正 --week`, 2);
  }
  if (others.length > 0) {
    const count = all.filter((message) => weekOfMessage(message) !== week).length;
    lost.push(
      `${count} 条不是 ${week} 的，没有带过来；别的周各写一篇，再导入一次，加上 --week ${others.join(' 或 ')}`,
    );
  }
  return all.filter((message) => weekOfMessage(message) === week);
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

interface Quote {
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
function contextIn(cast: Cast, known: Known): (quote: Quote) => string {
  return ({ name, said }) => {
    const isNamed = cast.nameOf(name) !== undefined || known.idOf(name) !== undefined;
    const told = tidied(said).replace(ADDRESS, '［链接］').replace(/\s+/g, ' ').trim();
    return `（回 @${isNamed ? tidied(name) : SOMEBODY}${told === '' ? '' : `：${shortened(told)}`}）\n`;
  };
}

/** A mention that is cut off would still show half of a name. */
const shortened = (told: string): string => shorten(told, QUOTE).replace(/@[^\s…]*…$/, '…');

/** Removes from a text what an entry doesn't have. */
function tidied(text: string): string {
  return text
    .replace(ATTACHED, '')
    .replace(STICKER, '')
    .replace(PHONE, '［手机号］')
    .replace(/\u2005/g, ' ')
    .trim();
}

type Write = (name: string, who: string, texts: string[]) => RootContent;

function byDay(messages: Message[], write: Write): RootContent[] {
  const days = [...new Set(messages.map(({ day }) => day))].sort();
  return days.map((day) =>
    component(
      'Day',
      { date: day },
      messages.filter((message) => message.day === day).map(({ name, text }) => write('Pick', name, [text])),
    ),
  );
}

/** Everybody once, in the order in which they first spoke. */
function byPerson(messages: Message[], known: Known, write: Write): RootContent[] {
  const texts = new Map<string, string[]>();
  for (const { name, text } of messages) {
    const who = known.idOf(name) ?? name;
    const theirs = texts.get(who);
    if (theirs) theirs.push(text);
    else texts.set(who, [text]);
  }
  return [...texts].map(([who, said]) => write('Viewpoint', who, said));
}

function fromJson(text: string, lost: string[]): Message[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(
      'JSON 读不懂 → 写成 [{ "time": "2026-11-18 21:03", "name": "林夏", "text": "……" }]',
      2,
      {
        cause,
      },
    );
  }
  const others = new Set<string>();
  const messages = (read as unknown[]).map((item, index) => {
    const { time, name, text: said, ...more } = (item ?? {}) as Record<string, unknown>;
    for (const key of Object.keys(more)) others.add(key);
    const at = typeof time === 'string' ? readMoment(time) : undefined;
    if (!at || typeof name !== 'string' || typeof said !== 'string') {
      throw new CommandError(
        `第 ${index + 1} 条缺 time、name 或 text → 写成 { "time": "2026-11-18 21:03", "name": "林夏", "text": "……" }`,
        2,
      );
    }
    return { ...at, name: name.trim(), text: said.trim() };
  });
  if (others.size > 0) lost.push(`JSON 里的 ${[...others].join('、')} 没有带过来`);
  return messages;
}

function fromText(text: string, copied: string, lost: string[]): Message[] {
  const lines = withJoinedHeads(text.split('\n'));
  const heads = readHeads(lines, copied, lost);
  const messages: Message[] = [];
  let before = 0;
  lines.forEach((line, index) => {
    const head = heads[index];
    if (head === 'day') return;
    if (head) messages.push({ ...head, text: head.text ?? '' });
    else if (messages.length > 0) messages.at(-1)!.text += `\n${line.trimEnd()}`;
    else if (line.trim() !== '') before++;
  });
  if (before > 0) lost.push(`开头 ${before} 行不知道是谁说的，没有带过来`);
  return messages.map((message) => ({ ...message, text: message.text.trim() }));
}

/** Removes what nobody will look for, and reports how much of it there was. */
function worthKeeping(
  messages: Message[],
  cast: Cast,
  context: ((quote: Quote) => string) | undefined,
  lost: string[],
): Message[] {
  const counts = { system: 0, signUp: 0, repeated: 0, short: 0, phone: 0, quoted: 0, sticker: 0 };
  const attached = new Map<string, number>();
  const seen = new Set<string>();
  const said: (Message & { length: number; hasLink: boolean })[] = [];
  for (const { text: copied, ...rest } of messages) {
    // Some clients copy system messages without a head, so they end up below somebody's message.
    const lines = copied.split('\n');
    const written = rest.name === '系统消息' ? [] : lines.filter((line) => !SYSTEM.test(line.trim()));
    counts.system += lines.length - written.length;
    const { quote, own } = quoteIn(written.join('\n').trim(), cast);
    if (quote) counts.quoted++;
    if (SIGN_UP.test(own)) {
      counts.signUp++;
      continue;
    }
    for (const [file] of own.matchAll(ATTACHED)) {
      const what = `${rest.day} ${rest.name} 发的 ${file}`;
      attached.set(what, (attached.get(what) ?? 0) + 1);
    }
    counts.sticker += own.replace(ATTACHED, '').match(STICKERS)?.length ?? 0;
    counts.phone += own.match(PHONE)?.length ?? 0;
    const text = tidied(own);
    if (text === '') continue;
    const length = lengthOf(text);
    const hasLink = /https?:\/\//.test(text);
    if (length < NOISE && !hasLink) {
      counts.short++;
      continue;
    }
    const key = text.replace(/[\s\p{P}]/gu, '');
    if (seen.has(key)) {
      counts.repeated++;
      continue;
    }
    seen.add(key);
    const item = { ...rest, text: (quote && context ? context(quote) : '') + text, length, hasLink };
    const last = said.at(-1);
    const goesOn =
      last?.name === item.name && last.day === item.day && (item.minute ?? 0) - (last.minute ?? 0) <= PAUSE;
    if (goesOn) {
      said[said.length - 1] = {
        ...item,
        text: `${last.text}\n${item.text}`,
        length: last.length + length,
        hasLink: last.hasLink || hasLink,
      };
    } else said.push(item);
  }
  const kept = said.filter(({ length, hasLink }) => length >= SHORT || hasLink);
  counts.short += said.length - kept.length;
  for (const [what, many] of attached) {
    lost.push(`${what}${many > 1 ? `（${many} 个）` : ' '}没有带过来，要用就另存到文章的文件夹里`);
  }
  if (counts.system > 0) lost.push(`${counts.system} 条系统消息去掉了`);
  if (counts.signUp > 0) lost.push(`${counts.signUp} 条接龙去掉了`);
  if (counts.repeated > 0) lost.push(`${counts.repeated} 条重复的只留了一次`);
  if (counts.short > 0) lost.push(`${counts.short} 条很短的闲聊去掉了`);
  if (counts.quoted > 0) lost.push(`${counts.quoted} 处回复时引用的原话${context ? '只留了开头' : '去掉了'}`);
  if (counts.sticker > 0) lost.push(`${counts.sticker} 处表情去掉了`);
  if (counts.phone > 0) lost.push(`${counts.phone} 个手机号换成了［手机号］`);
  return kept;
}

/** Counts the characters of a text without addresses, mentions, spaces and punctuation. */
function lengthOf(text: string): number {
  return text.replace(ADDRESS, '').replace(/[\s\p{P}]|@\S+/gu, '').length;
}

/** Writes what a person said: in a component if they have a page in people/, else as a quote. */
function said(
  name: string,
  who: string,
  texts: string[],
  known: Known,
  aliases: ReadonlyMap<string, string>,
): RootContent {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  const id = known.idOf(who);
  if (id !== undefined) return component(name, { who: id }, lines.map(linked));
  return {
    type: 'blockquote',
    children: lines.map((line, index) => linked(index === 0 ? `${aliases.get(who)!}：${line}` : line)),
  } as RootContent;
}

/** Turns a line into a paragraph in which addresses are links. */
function linked(line: string): RootContent {
  const children: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: written, index } of line.matchAll(ADDRESS)) {
    const url = written.replace(/(?<![.,;:!?)\]])[.,;:!?)\]]+$/, '');
    if (!URL.canParse(url)) continue;
    if (index > from) children.push({ type: 'text', value: line.slice(from, index) });
    children.push({ type: 'link', url, children: [{ type: 'text', value: url }] });
    from = index + url.length;
  }
  if (from < line.length) children.push({ type: 'text', value: line.slice(from) });
  return { type: 'paragraph', children };
}
