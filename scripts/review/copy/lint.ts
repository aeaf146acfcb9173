import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Options } from 'zhlint';
import { MarkType } from 'zhlint/lib/parser/types.js';
import { projectRoot } from '../../lib/settings.ts';
import type { Block, Mark } from './blocks.ts';

export type EditKind = 'spacing' | 'space' | 'punctuation' | 'width' | 'invisible';

/** One change that would set a text right. */
export interface Edit {
  /** Offset within the block, in UTF-16 units. */
  at: number;
  old: string;
  new: string;
  kind: EditKind;
}

/** The rules, in zhlint's own file, so that its command and editors can read them too. */
const { rules } = JSON.parse(readFileSync(join(projectRoot, '.zhlintrc'), 'utf8')) as {
  rules: NonNullable<Options['rules']>;
};

type Parser = Extract<NonNullable<Options['hyperParse']>, (...args: never) => unknown>;
type Marks = Parameters<Parser>[0]['blocks'][number]['marks'];

/** zhlint's time grows with the square of a text's length and of its brackets: no prose comes near these. */
const LONGEST = 10_000;
const MOST_PAIRS = 400;

const HAN = /\p{Script=Han}/u;
const CJK = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’]/u;
const PAIRS = /["'“”‘’()（）]/;
const PUNCTUATION = /[,.:;?!"'()，。：；？！“”‘’（）]/;

/** What should be changed in a block for it to be set as Chinese is; never its words, its marks or what is in them. */
export function lintBlock({ text, marks }: Block): Edit[] {
  const isFree = (edit: Edit) => marks.every((mark) => !touches(mark, edit));
  const invisible = invisibleCharacters(text);
  if (invisible.length > 0) return invisible.filter(isFree);
  if (!HAN.test(text) || !/[ -~\uff10-\uff5a]/.test(text) || text.length > LONGEST) return [];
  if (text.split(PAIRS).length > MOST_PAIRS) return [];
  if (isSettled({ text, marks })) return [];
  const edits = [...linterEdits({ text, marks }), ...fullWidthLetters(text)];
  return edits.filter((edit) => isFree(edit) && isChinese(edit, text)).sort((a, b) => a.at - b.at);
}

type Text = Pick<Block, 'text' | 'marks'>;

const PLAIN = /^[\p{Script=Han}A-Za-z0-9 \n，。、；：？！“”‘’（）《》]*$/u;
/** Han beside what is half as wide; spaces beside each other, a line end or a mark. */
const CLASH =
  /^ | $|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}| [ \n，。、；：？！“”‘’（）《》]|[\n，。、；：？！“”‘’（）《》] /u;

/** Whether anyone can see that zhlint has nothing to say, which takes it a hundred times as long: most blocks are so. */
export function isSettled({ text, marks }: Text): boolean {
  return marks.length === 0 && PLAIN.test(text) && !CLASH.test(text);
}

/** What zhlint would change, before anything of it is left out; nothing where it would change letters. */
export function linterEdits(block: Text): Edit[] {
  const { text, marks, placeOf } = shortened(block);
  return editsOf({ text, marks }).map((edit) => ({ ...edit, at: placeOf(edit.at) }));
}

/** The same without leaving out what it need not look at. */
export function editsOf({ text, marks }: Text): Edit[] {
  const blocks = [
    { value: text, marks: marks.map((mark) => markFor(mark, text)), start: 0, end: text.length },
  ];
  try {
    // Its own parsers read Markdown, but no MDX: it is told what our parser found.
    const { result } = run(text, { rules, hyperParse: (status) => ({ ...status, blocks }) });
    return difference(text, result) ?? [];
  } catch (error) {
    // Some texts without sense trip it, `‘》.` for one (0.8.2): they have nothing that could be set right for sure.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/**
 * The same text with only the first and the last of many Han in a row. To zhlint such a row is one word, of which it
 * looks at no more; but it looks up every character of it, and these are most of the time that it takes.
 */
function shortened({ text, marks }: Text): Text & { placeOf: (at: number) => number } {
  const rows = [...text.matchAll(/[\u4e00-\u9fff]{3,}/g)];
  /** Where something was left out, as it is counted in the short text, and how much until there. */
  const gaps: { at: number; left: number }[] = [];
  let short = '';
  let end = 0;
  for (const { 0: row, index } of rows) {
    short += text.slice(end, index + 1);
    end = index + row.length - 1;
    gaps.push({ at: short.length, left: end - short.length });
  }
  short += text.slice(end);
  const shortOf = (at: number) => {
    const gap = gaps.findLast((one) => one.at + one.left <= at);
    return at - (gap?.left ?? 0);
  };
  return {
    text: short,
    marks: marks.map((mark) => movedMark(mark, shortOf)),
    placeOf: (at) => at + (gaps.findLast((gap) => gap.at <= at)?.left ?? 0),
  };
}

function movedMark(mark: Mark, to: (at: number) => number): Mark {
  const [start, end] = [to(mark.start), to(mark.end)];
  if (mark.kind !== 'around') return { ...mark, start, end };
  return { ...mark, start, end, innerStart: to(mark.innerStart), innerEnd: to(mark.innerEnd) };
}

/** The text with these edits made. */
export function apply(text: string, edits: readonly Edit[]): string {
  let result = '';
  let last = 0;
  for (const { at, old, new: replacement } of edits) {
    result += text.slice(last, at) + replacement;
    last = at + old.length;
  }
  return result + text.slice(last);
}

function markFor(mark: Mark, text: string): Marks[number] {
  const isAround = mark.kind === 'around';
  const { start, end } = mark;
  const [innerStart, innerEnd] = isAround ? [mark.innerStart, mark.innerEnd] : [end, end];
  return {
    type: isAround ? MarkType.HYPER : MarkType.RAW,
    startIndex: start,
    startValue: text.slice(start, innerStart),
    endIndex: innerEnd,
    endValue: text.slice(innerEnd, end),
  };
}

/** Edits that lead from one text to the other where only spaces and punctuation differ; else undefined. */
function difference(before: string, after: string): Edit[] | undefined {
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old === now) {
      i++;
      j++;
    } else if (old !== undefined && now !== undefined && PUNCTUATION.test(old) && PUNCTUATION.test(now)) {
      edits.push({ at: i++, old, new: after[j++]!, kind: 'punctuation' });
    } else if (now === ' ') {
      edits.push({ at: i, old: '', new: ' ', kind: 'spacing' });
      j++;
    } else if (old === ' ') {
      edits.push({ at: i++, old, new: '', kind: 'space' });
    } else {
      return undefined;
    }
  }
  return edits;
}

/** What came along with a copied text; the linter takes it for letters. */
function invisibleCharacters(text: string): Edit[] {
  return [...text.matchAll(/[\u200b\u2060\ufeff]/g)].map(({ 0: old, index }) => ({
    at: index,
    old,
    new: '',
    kind: 'invisible',
  }));
}

/** Letters and digits as wide as Han: `Ａ１` is `A1` to a reader, but not to a search. */
function fullWidthLetters(text: string): Edit[] {
  return [...text.matchAll(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+/g)].map(({ 0: old, index }) => ({
    at: index,
    old,
    new: old.normalize('NFKC'),
    kind: 'width',
  }));
}

/** The linter makes a whole paragraph Chinese: `Hello, world` within one is left to English. */
function isChinese({ at, old, kind }: Edit, text: string): boolean {
  if (MEANT.some((pattern) => covers(pattern, text, at))) return false;
  const before = text.slice(0, at).trimEnd().slice(-1);
  const after = text.slice(at + old.length).trimStart()[0] ?? '';
  switch (kind) {
    case 'width':
    case 'invisible':
      return true;
    case 'punctuation':
      return PAIRS.test(old) || CJK.test(before) || HAN.test(after);
    case 'space':
    case 'spacing': {
      const isAtLineEnd = /[\n\t]/.test((text[at - 1] ?? '') + (text[at + old.length] ?? ''));
      const isMarkup = /[_~]/.test(before + after);
      return !isAtLineEnd && !isMarkup && (CJK.test(before) || CJK.test(after));
    }
  }
}

/** What looks like punctuation to be set right and is none. */
const MEANT = [
  // Numbering, `1.第一步`, and the dot in a name, `特里.戴维斯`.
  /[0-9A-Za-z\p{Script=Han}]\.(?=\p{Script=Han})/gu,
  // Names that begin with a dot, ` .com`.
  / ?\.(?=[0-9A-Za-z])/g,
  // Functions, `todo() `.
  /\w\([^()\p{Script=Han}]*\) ?/gu,
  /[:;]-?[()DP]/g,
];

function covers(pattern: RegExp, text: string, at: number): boolean {
  return [...text.matchAll(pattern)].some(({ 0: found, index }) => index <= at && at < index + found.length);
}

function touches(mark: Mark, { at: start, old, kind }: Edit): boolean {
  const end = start + old.length;
  const overlaps = (from: number, to: number) =>
    start === end ? from < start && start < to : start < to && from < end;
  const meets = (from: number, to: number) => start <= to && from <= end;
  if (mark.kind !== 'around') return (mark.kind === 'word' ? overlaps : meets)(mark.start, mark.end);
  // A space behind bold words that begin a line is a writer's own way to set them off.
  const hits = kind === 'space' ? meets : overlaps;
  return hits(mark.start, mark.innerStart) || hits(mark.innerEnd, mark.end);
}
