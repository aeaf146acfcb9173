import { parseText, tokenizeVTTCue, VTTCue, type VTTNode } from 'media-captions';
import { formatTime } from '../../src/model/time.ts';
import { CommandError } from '../lib/main.ts';
import { tidyCaptions } from './caption-times.ts';
import type { Imported, Known } from './imported.ts';
import { component, paragraph } from './mdx.ts';
import { speakersOf } from './names.ts';

/** A pause of this many seconds begins a new paragraph. */
const PAUSE = 3;
/** A paragraph of this many characters ends with its sentence. */
const LONG = 120;

interface Said {
  /** As the file names the speaker; `undefined` if it doesn't. */
  who: string | undefined;
  /** Seconds. */
  from: number;
  to: number;
  text: string;
  /** Whether somebody else than before begins to speak, whom the file may not name. */
  isTurn?: boolean;
}

/**
 * Turns subtitles into a transcript: cues of one speaker are joined to paragraphs, each with the time of its first cue.
 *
 * @param only - the id of the speaker if the file names nobody
 * @throws CommandError (2) when the file has no cue, or names unknown speakers
 */
export async function readCaptions(
  text: string,
  type: 'vtt' | 'srt',
  known: Known,
  only: string | undefined,
): Promise<Imported> {
  const lost: string[] = [];
  const tidy = tidyCaptions(text, lost);
  const { cues, errors } = await parseText(tidy.text, { type, strict: false, errors: true });
  if (cues.length === 0)
    throw new CommandError(`文件里没有一条 ${type.toUpperCase()} 字幕 → 确认导出的格式`, 2);
  const lines = text.split('\n');
  // A line may have two errors, one for each time.
  const broken = new Set(errors.map(({ line }) => tidy.lines[line - 1] ?? line));
  lost.unshift(
    ...Array.from(
      broken,
      (line) => `第 ${line} 行的字幕读不懂，没有带过来：“${(lines[line - 1] ?? '').trim()}”`,
    ),
  );
  if (type === 'vtt' && /^NOTE\b/m.test(text)) lost.push('NOTE 注释没有带过来');
  if (/<\/?(?:[biuc]|ruby|rt|lang|font)\b/.test(text)) lost.push('字幕的样式（粗体、颜色等）没有带过来');

  const said = withoutRepeats(speakersIn(cues.flatMap(saidIn), known), lost);
  const paragraphs = joined(said, lost);
  const ids = speakersOf(
    paragraphs.flatMap(({ who }) => who ?? []),
    known,
  );
  const nameless = paragraphs.filter(({ who }) => who === undefined);
  const fallback = only ?? [...ids.values()][0];
  if (nameless.length > 0 && fallback === undefined) {
    throw new CommandError('字幕里没有写谁说的 → 用 --speakers 写主讲人，例如 --speakers linxia', 2);
  }
  if (nameless.length > 0 && ids.size > 0) {
    lost.push(`${nameless.length} 段没有写谁说的，先算作 ${fallback!}，请核对`);
  }
  return {
    values: {
      speakers: [...new Set([...ids.values(), ...(ids.size === 0 ? [fallback!] : [])])],
      duration: formatTime(Math.ceil(said.reduce((end, { to }) => Math.max(end, to), 0))),
    },
    body: paragraphs.map((line) =>
      component(
        'Line',
        { who: line.who === undefined ? fallback! : ids.get(line.who)!, t: formatTime(line.from) },
        [paragraph(line.text)],
      ),
    ),
    files: new Map(),
    lost,
  };
}

/** Returns what each voice says in a cue; without voices, the whole cue. */
function saidIn(cue: { startTime: number; endTime: number; text: string }): Said[] {
  const said: Said[] = [{ who: undefined, from: cue.startTime, to: cue.endTime, text: '' }];
  const read = (nodes: VTTNode[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') said.at(-1)!.text += node.data;
      else {
        if (node.type === 'v') said.push({ ...said[0]!, who: node.voice.trim(), text: '' });
        // What is said after a time within a cue is inside of that time.
        read(node.children);
      }
    }
  };
  // A bare `<` would start a tag that swallows the rest. Real tags begin with a letter, or are a time: `<00:01.000>`.
  const source = cue.text.replace(/<(?!\/?[a-z][^<>]*>|[\d:.]+>)/gi, '&lt;');
  read(tokenizeVTTCue(new VTTCue(cue.startTime, cue.endTime, source)));
  return said
    .map((one) => ({ ...one, text: one.text.replace(/\{\\[^{}]*\}/g, '').trim() }))
    .filter(({ text }, index) => text !== '' || (index === 0 && said.length === 1));
}

/** `林夏`, `发言人 1`, and names of several words, as in Zoom: `Lin Xia`, `林夏 Vivian (主持)`. */
const SHORT_NAME = String.raw`[^\s：:，。？！,.?!“”]{1,12}(?: ?\d{1,2})?`;
const WORD_OF_NAME = String.raw`(?:\p{Lu}[\p{L}'’.-]{0,19}|\p{Script=Han}{1,4}|\d{1,2}|[（(][^\s：:()（）]{1,12}[)）])`;
const SPEAKER = new RegExp(
  String.raw`^[[（(【]?(${SHORT_NAME}|${WORD_OF_NAME}(?: ${WORD_OF_NAME}){0,3})[\]）)】]?\s*[：:]\s*`,
  'u',
);

/** The dash before what each of several people says in one cue; before a digit it is a minus. */
const DASH = /^[-‐–—]{1,2}(?:\s+|(?=[^\s\d‐–—-]))/;

/** Splits a cue in which several people speak, each on a line of their own that begins with a dash: `- 你好\n- 你好`. */
function turnsIn(cue: Said): Said[] {
  const lines = cue.text.split('\n').map((line) => line.trim());
  if (cue.who !== undefined || !DASH.test(lines[0]!)) return [cue];
  if (lines.filter((line) => DASH.test(line)).length < 2) return [cue];
  return blocksAt(lines, (line) => DASH.test(line)).map((block) => ({
    ...cue,
    text: block.join('\n').replace(DASH, ''),
    isTurn: true,
  }));
}

/** Splits lines into blocks, each of which begins with a line that `begins` one. */
function blocksAt(lines: readonly string[], begins: (line: string) => boolean): string[][] {
  const blocks: string[][] = [];
  for (const line of lines) {
    if (blocks.length === 0 || begins(line)) blocks.push([]);
    blocks.at(-1)!.push(line);
  }
  return blocks;
}

const labelOf = (line: string): string | undefined => SPEAKER.exec(line)?.[1];

/**
 * Splits `林夏：大家好` into speaker and text. What is before a colon is a speaker if people/ knows the name, if it occurs
 * more than once, or if it begins the first cue: `注意：先别建群` names nobody. A later line of a cue begins another speech
 * if people/ knows the name, or if the cue begins with a speaker too.
 */
function speakersIn(cues: Said[], known: Known): Said[] {
  const turns = cues.flatMap(turnsIn);
  const counts = new Map<string, number>();
  for (const name of turns.flatMap(({ text }) => text.split('\n').flatMap((line) => labelOf(line) ?? []))) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const first = labelOf(turns[0]?.text ?? '');
  const isSpeaker = (name: string | undefined): name is string =>
    name !== undefined && (known.idOf(name) !== undefined || counts.get(name)! > 1 || name === first);
  let last: string | undefined;
  return turns.flatMap((turn) => {
    const lines = turn.text.split('\n');
    const isDialogue = isSpeaker(labelOf(lines[0]!));
    const blocks = blocksAt(lines, (line) => {
      const name = labelOf(line);
      return isSpeaker(name) && (isDialogue || known.idOf(name) !== undefined);
    });
    return blocks.map((block) => {
      const text = block.join('\n');
      const name = labelOf(text);
      if (isSpeaker(name)) {
        last = turn.who ?? name;
        return { ...turn, who: last, text: text.replace(SPEAKER, '') };
      }
      if (turn.isTurn) return { ...turn, text };
      // A speaker continues until another one is named.
      last = turn.who ?? last;
      return { ...turn, who: last, text };
    });
  });
}

/**
 * Removes the repeated lines of live captions, which show each line again as it scrolls up. The same words by another
 * speaker are no repetition.
 */
function withoutRepeats(cues: Said[], lost: string[]): Said[] {
  const kept: Said[] = [];
  let repeats = 0;
  for (const cue of cues) {
    const last = kept.at(-1);
    const lines = cue.text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const isOther = last?.who !== cue.who || (cue.isTurn && last?.from === cue.from);
    const before = isOther ? undefined : last?.text.split('\n');
    const fresh = before ? lines.filter((line) => !before.includes(line)) : lines;
    repeats += lines.length - fresh.length;
    if (fresh.length > 0) kept.push({ ...cue, text: fresh.join('\n') });
    else if (last) last.to = Math.max(last.to, cue.to);
  }
  if (repeats > 0) lost.push(`${repeats} 行和上一条字幕重复，只留了一次`);
  return kept;
}

function joined(cues: Said[], lost: string[]): Said[] {
  let commas = 0;
  const paragraphs: Said[] = [];
  // The end of a paragraph is that of the subtitle above: a pattern would search the whole paragraph for it each time.
  let above = '';
  for (const cue of cues) {
    const last = paragraphs.at(-1);
    const text = join(cue.text.split('\n'));
    const goesOn =
      !cue.isTurn &&
      last?.who === cue.who &&
      last !== undefined &&
      cue.from - last.to < PAUSE &&
      !(last.text.length >= LONG && /[。！？.!?…”]$/.test(above));
    if (goesOn) {
      // Subtitles have no punctuation at their ends; run together they would be hard to read.
      const needsComma = /\p{Script=Han}$/u.test(above) && /^\p{Script=Han}/u.test(text);
      if (needsComma) commas++;
      last.text += (needsComma ? '，' : gap(above, text)) + text;
      last.to = cue.to;
    } else paragraphs.push({ ...cue, text });
    above = text;
  }
  if (commas > 0) lost.push(`字幕之间补了 ${commas} 个逗号，请核对断句`);
  return paragraphs;
}

/** Joins lines to one. */
function join(lines: string[]): string {
  return lines.map((line, index) => (index === 0 ? line : gap(lines[index - 1]!, line) + line)).join('');
}

/** Returns what stands between two lines: a space between Latin words, nothing between Han characters. */
function gap(above: string, line: string): string {
  return /[\w,.?!;:]$/.test(above) && /^\w/.test(line) ? ' ' : '';
}
