import { shorten } from '../../src/text/shorten.ts';

/** Subtitles whose times the parser reads, and where its lines stood. */
export interface TidyCaptions {
  text: string;
  /** The line of the file, from 1, for each line of the text. */
  lines: number[];
}

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const TIMES = new RegExp(String.raw`^\s*\[?${TIME}\s*(?:-{1,2}>|[—–-]{1,2}>|→|~)\s*${TIME}\]?(?=\s|$)(.*)$`);
/** What players read behind the times: the position on the screen. Anything else there is text. */
const POSITION = /^(?:\s+(?:vertical|line|position|size|align|region|[xy][12]):\S+)*\s*$/i;
/** The name of a cue, as in Teams: `1b6c0c2d-8d3b-4d4c-9d1e-b1c2f6a1c1ab/8-4`. */
const ID = /^[\w./:-]+$/;
/** Blocks of VTT that are no subtitles. */
const NO_CUE = /^(?:WEBVTT|NOTE|STYLE|REGION)\b/;

/** Whether a text has lines like Whisper's, `[00:03.000 --> 00:09.440]  先说一个数字`, which are subtitles as well. */
export const hasCaptions = (text: string): boolean => /^\[[\d:.]+ --> [\d:.]+\]/m.test(text);

/**
 * Writes the times of subtitles as their parser reads them: people mend files by hand, with Chinese colons and arrows,
 * or leave out the empty line in between, and then the parser drops texts or joins two without a word.
 *
 * @param lost - is extended by every text that has no time
 */
export function tidyCaptions(text: string, lost: string[]): TidyCaptions {
  const tidy: TidyCaptions = { text: '', lines: [] };
  const written: string[] = [];
  const push = (line: string, number: number) => {
    written.push(line);
    tidy.lines.push(number);
  };
  text.split('\n').forEach((line, index) => {
    const times = timesIn(line);
    // YouTube writes a line of one space between the times and the text.
    if (times === undefined && line !== '' && line.trim() === '' && isTimes(written.at(-1))) return;
    if (times === undefined) {
      push(line.trim() === '' ? '' : line, index + 1);
      return;
    }
    const isNumber = (at: number) => /^\s*\d+\s*$/.test(written.at(at) ?? '');
    // The number of a subtitle that follows the text of the one above without an empty line is not said.
    if (isNumber(-1) && (written.at(-2) ?? '') !== '') {
      written.pop();
      tidy.lines.pop();
    }
    const isNamed = isNumber(-1) || (ID.test(written.at(-1) ?? '') && (written.at(-2) ?? '') === '');
    if ((written.at(-1) ?? '') !== '' && !isNamed) push('', index + 1);
    push(times.line, index + 1);
    if (times.text !== '') push(times.text, index + 1);
    if (times.isBackwards) lost.push(`第 ${index + 1} 行的结束时间不比开始的晚，只用了开始的时间`);
  });
  tidy.text = written.join('\n');
  lost.push(...timeless(written, tidy.lines));
  return tidy;
}

const isTimes = (line: string | undefined) => line !== undefined && TIMES.test(line);

/** Returns the times of a line as their parser reads them, and the text behind them. */
function timesIn(line: string): { line: string; text: string; isBackwards: boolean } | undefined {
  // Full-width digits, colons and arrows become those of ASCII, one for one: the text behind them stays as it is.
  const match = TIMES.exec(line.replace(/[\uff01-\uff5e]/g, (one) => one.normalize('NFKC')));
  if (!match) return undefined;
  const seconds = (at: number) =>
    Number(match[at] ?? 0) * 3600 +
    Number(match[at + 1]) * 60 +
    Number(match[at + 2]) +
    Number((match[at + 3] ?? '').padEnd(3, '0')) / 1000;
  const from = seconds(1);
  const to = seconds(5);
  const isBackwards = to <= from;
  const end = isBackwards ? from + 0.001 : to;
  const rest = line.slice(line.length - match[9]!.length);
  const text = POSITION.test(rest) ? '' : rest.trim();
  return { line: `${stamp(from)} --> ${stamp(end)}`, text, isBackwards };
}

function stamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, rest] = [
    milliseconds / 3_600_000,
    (milliseconds / 60_000) % 60,
    milliseconds / 1000,
  ];
  return `${two(hours)}:${two(minutes)}:${two(rest % 60)}.${String(milliseconds % 1000).padStart(3, '0')}`;
}

/** Returns a sentence for each block of lines that the parser skips because it has no time. */
function timeless(written: string[], lines: number[]): string[] {
  const said: string[] = [];
  let block: number[] = [];
  const end = () => {
    const texts = block.map((at) => written[at]!.trim());
    const isTimed = texts.some((line) => line.includes('-->'));
    const isText = texts.some((line) => /[^\d\s]/.test(line)) && !NO_CUE.test(texts[0]!);
    if (isText && !isTimed)
      said.push(`第 ${lines[block[0]!]!} 行起没有时间，没有带过来：“${shorten(texts.join(' '), 60)}”`);
    block = [];
  };
  written.forEach((line, at) => {
    if (line === '') {
      if (block.length > 0) end();
    } else block.push(at);
  });
  if (block.length > 0) end();
  return said;
}
