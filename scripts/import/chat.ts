import type { PhrasingContent, RootContent } from 'mdast';
import { weekOf } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import { readHeads, readMoment, withJoinedHeads } from './chat-heads.ts';
import type { Imported, Known } from './imported.ts';
import { component } from './mdx.ts';
import { whoIs } from './names.ts';

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

const QUOTED = /^「[^」]*」\s*\n[-—\s]{5,}\n/;

/** The forms that a chat can become. */
export type ChatForm = 'digests' | 'discussions';

/**
 * Turns a copied chat into the picks of a digest, by day, or into the viewpoints of a discussion, by person.
 *
 * @param text - WeChat's text in its usual shapes, or JSON `[{ "time": "2026-11-18 21:03", "name": …, "text": … }]`
 * @param copied - the day on which it was copied, which “昨天” refers to
 * @throws CommandError (2) when it contains no message
 */
export function readChat(text: string, form: ChatForm, known: Known, copied: string): Imported {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lost: string[] = [];
  const messages = /^\s*\[\s*\{/.test(plain) ? fromJson(plain, lost) : fromText(plain, copied, lost);
  if (messages.length === 0) {
    throw new CommandError(
      '文件里没有读得懂的聊天记录 → 每条要有一行“名字 2026/11/18 21:03”，下面是内容；或用 JSON',
      2,
    );
  }
  const kept = worthKeeping(messages, lost);
  const aliases = nameless(kept, known, lost);
  const write = (name: string, who: string, texts: string[]) => said(name, who, texts, known, aliases);
  const body = form === 'digests' ? byDay(kept, write) : byPerson(kept, known, write);
  const last = (kept.length > 0 ? kept : messages)
    .map(({ day }) => day)
    .sort()
    .at(-1)!;
  return { values: { week: weekOf(last) }, body, files: new Map(), lost };
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
function worthKeeping(messages: Message[], lost: string[]): Message[] {
  const counts = { system: 0, repeated: 0, short: 0, phone: 0, quoted: 0, sticker: 0 };
  const seen = new Set<string>();
  const said: Message[] = [];
  for (const { text: copied, ...rest } of messages) {
    // Some clients copy system messages without a head, so they end up below somebody's message.
    const lines = copied.split('\n');
    const own = lines.filter((line) => !SYSTEM.test(line.trim()));
    counts.system += lines.length - own.length;
    const item = { ...rest, text: own.join('\n').trim() };
    for (const [attached] of item.text.matchAll(ATTACHED)) {
      lost.push(`${item.day} ${item.name} 发的 ${attached} 没有带过来，要用就另存到文章的文件夹里`);
    }
    counts.sticker += item.text.replace(ATTACHED, '').match(STICKERS)?.length ?? 0;
    counts.phone += item.text.match(PHONE)?.length ?? 0;
    if (QUOTED.test(item.text)) counts.quoted++;
    const text = item.text
      .replace(QUOTED, '')
      .replace(ATTACHED, '')
      .replace(STICKER, '')
      .replace(PHONE, '［手机号］')
      .trim();
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
  if (counts.quoted > 0) lost.push(`${counts.quoted} 处回复时引用的原话去掉了`);
  if (counts.sticker > 0) lost.push(`${counts.sticker} 处表情去掉了`);
  if (counts.phone > 0) lost.push(`${counts.phone} 个手机号换成了［手机号］`);
  return kept;
}

/** Counts the characters of a text without addresses, mentions, spaces and punctuation. */
function lengthOf(text: string): number {
  return text.replace(ADDRESS, '').replace(/[\s\p{P}]|@\S+/gu, '').length;
}

/** Gives everybody without a page in people/ an alias, 群友 and a letter, the same in the whole entry. */
function nameless(messages: Message[], known: Known, lost: string[]): Map<string, string> {
  const strangers = [...new Set(messages.map(({ name }) => name))].filter(
    (name) => known.idOf(name) === undefined,
  );
  const names = new Map(strangers.map((name, index) => [name, `群友 ${letters(index)}`]));
  for (const [name, alias] of names) {
    lost.push(`“${name}” 不在 people 里，写成了 ${alias}；要具名就加上 ${whoIs(name)}`);
  }
  return names;
}

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

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
