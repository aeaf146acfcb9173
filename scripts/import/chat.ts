import type { PhrasingContent, RootContent } from 'mdast';
import { isDate, weekOf } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import type { Imported, Known } from './imported.ts';
import { component } from './mdx.ts';

/** One message of a chat. */
interface Message {
  /** `YYYY-MM-DD` */
  day: string;
  /** Minutes of the day; `undefined` where the copy has no clock. */
  minute: number | undefined;
  name: string;
  text: string;
}

/** Messages of one person within so many minutes are one thought. */
const PAUSE = 3;
/** What has fewer characters, links aside, is small talk: a thought, and a message within one. */
const SHORT = 12;
const NOISE = 4;

const SYSTEM =
  /撤回了一条消息|加入了群聊|移出了?群聊|拍了拍|修改群名|领取了.{0,20}红包|已成为群主|以下为新消息|^\[(?:红包|转账|位置|名片)/;
const ATTACHED = /\[(图片|视频|语音|文件|链接|聊天记录|小程序|视频号)\]?[^\s[\]]*/g;
const STICKER = /\[[\p{Script=Han}A-Za-z]{1,6}\]|[\p{Extended_Pictographic}\ufe0f\u200d]/gu;
const ADDRESS = /https?:\/\/[!-~]+/g;
const PHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;

const DAY = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::\d{2})?`;
/** `林夏 2026/11/18 21:03`, as the desktop client copies several messages. */
const NAME_FIRST = new RegExp(String.raw`^(\S.{0,40}?)[\s:：]+${DAY}\s+${CLOCK}$`);
/** `2026-11-18 21:03:12 林夏`, as export tools write. */
const TIME_FIRST = new RegExp(String.raw`^${DAY}\s+${CLOCK}\s+(\S.{0,40}?)[:：]?$`);
/** `—————  2026-11-18  —————`, then `林夏  21:03`, as chats sent by mail have it. */
const DAY_LINE = new RegExp(String.raw`^[\s—\-─=]*${DAY}[\s—\-─=]*$`);
const NAME_CLOCK = new RegExp(String.raw`^(\S.{0,40}?)\s+${CLOCK}$`);

/**
 * Turns a chat that was copied out into the picks of a digest, by day.
 *
 * @param text - WeChat's text in its usual shapes, or JSON `[{ "time": "2026-11-18 21:03", "name": …, "text": … }]`
 * @throws CommandError (2) when there is no message in it
 */
export function readChat(text: string, known: Known): Imported {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lost: string[] = [];
  const messages = /^\s*\[\s*\{/.test(plain) ? fromJson(plain) : fromText(plain, lost);
  if (messages.length === 0) {
    throw new CommandError(
      '文件里没有读得懂的聊天记录 → 每条要有一行“名字 2026/11/18 21:03”，下面是内容；或用 JSON',
      2,
    );
  }
  const picks = worthKeeping(messages, lost);
  const days = [...new Set(picks.map(({ day }) => day))].sort();
  const names = nameless(picks, known, lost);
  const body = days.map((day) =>
    component(
      'Day',
      { date: day },
      picks.filter((pick) => pick.day === day).map((pick) => pickOf(pick, known, names)),
    ),
  );
  const last = days.at(-1) ?? messages.at(-1)!.day;
  return { values: { week: weekOf(last) }, body, files: new Map(), lost };
}

function fromJson(text: string): Message[] {
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
  return (read as unknown[]).map((item, index) => {
    const { time, name, text: said } = (item ?? {}) as Record<string, unknown>;
    const match = new RegExp(`^${DAY}[T ]+${CLOCK}`).exec(typeof time === 'string' ? time : '');
    if (!match || typeof name !== 'string' || typeof said !== 'string') {
      throw new CommandError(
        `第 ${index + 1} 条缺 time、name 或 text → 写成 { "time": "2026-11-18 21:03", "name": "林夏", "text": "……" }`,
        2,
      );
    }
    return {
      day: dayOf(match.slice(1)),
      minute: minuteOf(match.slice(4)),
      name: name.trim(),
      text: said.trim(),
    };
  });
}

function fromText(text: string, lost: string[]): Message[] {
  const messages: Message[] = [];
  let day: string | undefined;
  let before = 0;
  for (const line of text.split('\n')) {
    const head = headOf(line.trim(), day);
    if (typeof head === 'string') day = head;
    else if (head) messages.push(head);
    else if (messages.length > 0) messages.at(-1)!.text += `\n${line.trimEnd()}`;
    else if (line.trim() !== '') before++;
  }
  if (before > 0) lost.push(`开头 ${before} 行不知道是谁说的，没有带过来`);
  return messages.map((message) => ({ ...message, text: message.text.trim() }));
}

/** The message that a line begins, or the day from which on lines have only a clock. */
function headOf(line: string, day: string | undefined): Message | string | undefined {
  const dayLine = DAY_LINE.exec(line);
  if (dayLine) return valid(dayOf(dayLine.slice(1)));
  const timeFirst = TIME_FIRST.exec(line);
  if (timeFirst) return message(timeFirst[6]!, dayOf(timeFirst.slice(1)), timeFirst.slice(4));
  const nameFirst = NAME_FIRST.exec(line);
  if (nameFirst) return message(nameFirst[1]!, dayOf(nameFirst.slice(2)), nameFirst.slice(5));
  const nameClock = day === undefined ? null : NAME_CLOCK.exec(line);
  return nameClock && day !== undefined ? message(nameClock[1]!, day, nameClock.slice(2)) : undefined;
}

function message(name: string, day: string, clock: string[]): Message | undefined {
  const who = name.replace(/[(（<][\w@.-]+[)）>]$/, '').trim();
  return isDate(day) ? { day, minute: minuteOf(clock), name: who, text: '' } : undefined;
}

const valid = (day: string) => (isDate(day) ? day : undefined);
const dayOf = ([year = '', month = '', day = '']: string[]) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
const minuteOf = ([hour = '', minute = '']: string[]) => Number(hour) * 60 + Number(minute);

/** Drops what a digest has no use for, and says how much of it there was. */
function worthKeeping(messages: Message[], lost: string[]): Message[] {
  const counts = { system: 0, repeated: 0, short: 0, phone: 0 };
  const seen = new Set<string>();
  const said: Message[] = [];
  for (const item of messages) {
    if (SYSTEM.test(item.text)) {
      counts.system++;
      continue;
    }
    for (const [attached] of item.text.matchAll(ATTACHED)) {
      lost.push(`${item.day} ${item.name} 发的 ${attached} 没有带过来，要用就另存到文章的文件夹里`);
    }
    counts.phone += item.text.match(PHONE)?.length ?? 0;
    const text = item.text.replace(ATTACHED, '').replace(STICKER, '').replace(PHONE, '［手机号］').trim();
    if (text === '') continue;
    if (lengthOf(text) < NOISE && !/https?:/.test(text)) {
      counts.short++;
      continue;
    }
    const key = text.replace(/[\s\p{P}]/gu, '');
    if (seen.has(key)) {
      counts.repeated++;
      continue;
    }
    seen.add(key);
    const last = said.at(-1);
    const goesOn =
      last?.name === item.name && last.day === item.day && (item.minute ?? 0) - (last.minute ?? 0) <= PAUSE;
    if (goesOn) said[said.length - 1] = { ...item, text: `${last.text}\n${text}` };
    else said.push({ ...item, text });
  }
  const kept = said.filter(({ text }) => lengthOf(text) >= SHORT || /https?:\/\//.test(text));
  counts.short += said.length - kept.length;
  if (counts.system > 0) lost.push(`${counts.system} 条系统消息去掉了`);
  if (counts.repeated > 0) lost.push(`${counts.repeated} 条重复的只留了一次`);
  if (counts.short > 0) lost.push(`${counts.short} 条很短的闲聊去掉了`);
  if (counts.phone > 0) lost.push(`${counts.phone} 个手机号换成了［手机号］`);
  return kept;
}

/** Characters that say something: no addresses, mentions, punctuation. */
function lengthOf(text: string): number {
  return text.replace(ADDRESS, '').replace(/[\s\p{P}]|@\S+/gu, '').length;
}

/** Whoever has no page is called 群友 and a letter, the same through the whole digest. */
function nameless(picks: Message[], known: Known, lost: string[]): Map<string, string> {
  const strangers = [...new Set(picks.map(({ name }) => name))].filter(
    (name) => known.idOf(name) === undefined,
  );
  const names = new Map(strangers.map((name, index) => [name, `群友 ${letters(index)}`]));
  for (const [name, alias] of names) {
    lost.push(`“${name}” 不在 people 里，写成了 ${alias}；要具名就加上 --who "${name}=people 里的文件名"`);
  }
  return names;
}

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

function pickOf({ name, text }: Message, known: Known, names: ReadonlyMap<string, string>): RootContent {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const id = known.idOf(name);
  if (id !== undefined)
    return component(
      'Pick',
      { who: id },
      lines.map((line) => linked(line)),
    );
  return {
    type: 'blockquote',
    children: lines.map((line, index) => linked(index === 0 ? `${names.get(name)!}：${line}` : line)),
  } as RootContent;
}

/** A line as it was typed, its addresses as links. */
function linked(line: string): RootContent {
  const children: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: written, index } of line.matchAll(ADDRESS)) {
    const url = written.replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(url)) continue;
    if (index > from) children.push({ type: 'text', value: line.slice(from, index) });
    children.push({ type: 'link', url, children: [{ type: 'text', value: url }] });
    from = index + url.length;
  }
  if (from < line.length) children.push({ type: 'text', value: line.slice(from) });
  return { type: 'paragraph', children };
}
