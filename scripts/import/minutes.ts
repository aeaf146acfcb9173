import type { Paragraph, PhrasingContent, RootContent } from 'mdast';
import { nodeText } from '../../src/markdown/node-text.ts';
import { formatTime, isTime, parseTime } from '../../src/model/time.ts';
import { CommandError } from '../lib/main.ts';
import type { Imported, Known } from './imported.ts';
import { component, paragraph } from './mdx.ts';
import { speakersOf, whoIs } from './names.ts';

const NAME = String.raw`(?<name>[^\s\d()（）[\]【】:：，。！？,!?][^()（）[\]【】:：，。！？!?]{0,23}?)`;
const TIME = String.raw`(?<time>(?:\d{1,2}[:：])?\d{1,3}[:：][0-5]\d)(?:[.,]\d{1,3})?`;
/** What begins a part of a transcript, as meeting tools write it; `text` is said on the same line. */
const HEADS = [
  // Tencent Meeting: 林夏(00:12:34): 大家好
  new RegExp(String.raw`^${NAME}\s*[(（[【]\s*${TIME}\s*[)）\]】]\s*(?:[:：]\s*)?(?<text>.*)$`),
  // Feishu Minutes and iFlytek: 林夏 12:34, alone on its line
  new RegExp(String.raw`^${NAME}\s+${TIME}\s*[:：]?$`),
  // [00:12:34] 林夏：大家好
  new RegExp(String.raw`^[[(（【]?\s*${TIME}\s*(?:[\])）】]\s*)?${NAME}[:：]\s*(?<text>.*)$`),
];

interface Head {
  name: string;
  /** As in the file, `12:34` or `01:02:03`. */
  time: string;
  /** What stands behind it on the same line. */
  text: string;
}

/**
 * Turns the text of a meeting tool, speaker and time and then what was said, into a transcript.
 *
 * @throws CommandError (2) when nobody speaks in it, or somebody unknown does
 */
export function readMinutes(text: string, known: Known): Imported {
  const lines = text.split('\n');
  const body = lines.filter((line) => line.trim() !== '').map((line) => paragraph(line.trim()));
  const heads = headsOf(body);
  if (heads.every((head) => head === undefined)) {
    throw new CommandError(
      '文件里没有读得懂的发言 → 每段先写一行“林夏 12:34”，下面是他说的话；群聊记录写 --as digest',
      2,
    );
  }
  return intoLines({ values: {}, body, files: new Map(), lost: [] }, heads, known);
}

/**
 * Turns a document into a transcript if it is one: if a speaker whom `people/` knows begins two of its paragraphs or
 * more.
 *
 * @throws CommandError (2) when somebody unknown speaks in it too
 */
export function transcribed(imported: Imported, known: Known): Imported {
  const heads = headsOf(imported.body);
  const [first, ...more] = heads.filter((head) => head !== undefined);
  if (first === undefined || more.length === 0) return imported;
  if ([first, ...more].some(({ name }) => known.idOf(name) !== undefined)) {
    return intoLines(imported, heads, known);
  }
  const { name, time } = first;
  const note = `“${name} ${time}”这样的行没有当作谁说的 → 是逐字稿就加上 ${whoIs(name)}`;
  return { ...imported, lost: [...imported.lost, note] };
}

/** Puts what follows a head into a `<Line>`. Headings and components stay between these. */
function intoLines(imported: Imported, heads: (Head | undefined)[], known: Known): Imported {
  const ids = speakersOf(
    heads.flatMap((head) => head?.name ?? []),
    known,
  );
  const lost = [...imported.lost];
  const parts: { head?: Head; children: RootContent[] }[] = [];
  imported.body.forEach((node, index) => {
    const head = heads[index];
    const isBetween = node.type === 'heading' || node.type === 'mdxJsxFlowElement';
    if (head) parts.push({ head, children: saidBelow(node as Paragraph, head) });
    else if (isBetween || parts.length === 0) parts.push({ children: [node] });
    else parts.at(-1)!.children.push(node);
  });
  const body = parts.flatMap(({ head, children }): RootContent[] => {
    if (!head) return children;
    if (children.length > 0) {
      return [component('Line', { who: ids.get(head.name)!, t: formatTime(parseTime(head.time)) }, children)];
    }
    lost.push(`${head.name} ${head.time} 下面没有话，没有带过来`);
    return [];
  });
  return {
    ...imported,
    values: { ...imported.values, speakers: [...new Set(ids.values())] },
    body,
    lost,
  };
}

/** Returns for each block the speaker and time with which it begins, if it does. */
function headsOf(body: RootContent[]): (Head | undefined)[] {
  return body.map((node) => (node.type === 'paragraph' ? headOf(node) : undefined));
}

/** Returns the speaker and time in the first line of a paragraph. */
function headOf({ children }: Paragraph): Head | undefined {
  const end = children.findIndex(endsLine);
  const inLine = end < 0 ? children : children.slice(0, end + 1);
  const [line = ''] = inLine.map(nodeText).join('').trim().split('\n');
  for (const head of HEADS) {
    const { name, time, text = '' } = head.exec(line)?.groups ?? {};
    const written = time?.replaceAll('：', ':');
    if (name !== undefined && written !== undefined && isTime(written))
      return { name: name.trim(), time: written, text };
  }
  return undefined;
}

/** Returns what the paragraph of a head says in the same line and in its other lines. */
function saidBelow({ children }: Paragraph, { text }: Head): RootContent[] {
  const end = children.findIndex(endsLine);
  const last = children[end];
  const rest = end < 0 ? [] : children.slice(end + 1);
  if (last?.type === 'text') rest.unshift({ ...last, value: last.value.replace(/^.*?\n/, '') });
  return [
    ...(text.trim() === '' ? [] : [paragraph(text.trim())]),
    ...(rest.length === 0 ? [] : [{ type: 'paragraph' as const, children: rest }]),
  ];
}

const endsLine = (node: PhrasingContent) =>
  node.type === 'break' || (node.type === 'text' && node.value.includes('\n'));
