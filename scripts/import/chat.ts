import type { PhrasingContent, RootContent } from 'mdast';
import { weekOf } from '../../src/model/week.ts';
import { CommandError } from '../lib/main.ts';
import { readMessages, type Message } from './chat-messages.ts';
import { castOf, mentionsHidden, nameless } from './chat-names.ts';
import { ADDRESS, contextIn, tidied, worthKeeping } from './chat-noise.ts';
import type { Imported, Known } from './imported.ts';
import { component } from './mdx.ts';

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
  const all = readMessages(text, copied, lost);
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
