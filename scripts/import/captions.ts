import { parseText, tokenizeVTTCue, VTTCue, type VTTNode } from 'media-captions';
import { formatTime } from '../../src/model/time.ts';
import { CommandError } from '../lib/main.ts';
import { speakersIn, type Said } from './caption-speakers.ts';
import { tidyCaptions } from './caption-times.ts';
import type { Imported, Known } from './imported.ts';
import { component, paragraph } from './mdx.ts';
import { speakersOf } from './names.ts';

/** A pause of this many seconds begins a new paragraph. */
const PAUSE = 3;
/** A paragraph of this many characters ends with its sentence. */
const LONG = 120;

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
  const paragraphs = joinParagraphs(said, lost);
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

function joinParagraphs(cues: Said[], lost: string[]): Said[] {
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
