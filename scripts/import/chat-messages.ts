import { CommandError } from '../lib/main.ts';
import { readHeads, readMoment, withJoinedHeads, type Head } from './chat-heads.ts';

/** One message of a chat. */
export type Message = Head & { text: string };

/**
 * Reads the messages of a copied chat.
 *
 * @param text - WeChat's text in its usual shapes, or JSON `[{ "time": "2026-11-18 21:03", "name": …, "text": … }]`
 * @param copied - the day on which it was copied, which “昨天” refers to
 * @throws CommandError (2) when it contains no message
 */
export function readMessages(text: string, copied: string, lost: string[]): Message[] {
  const messages = /^\s*\[\s*\{/.test(text) ? fromJson(text, lost) : fromText(text, copied, lost);
  if (messages.length === 0) {
    throw new CommandError(
      '文件里没有读得懂的聊天记录 → 每条要有一行“名字 2026/11/18 21:03”，下面是内容；或用 JSON',
      2,
    );
  }
  return messages;
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
