import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Options } from 'zhlint';
import { MarkType } from 'zhlint/lib/parser/types.js';
import { projectRoot } from '../../lib/settings.ts';
import type { Block, Mark } from './blocks.ts';

export type EditKind = 'spacing' | 'space' | 'punctuation' | 'width' | 'invisible';

/** One change that would correct a text. */
export interface Edit {
  /** Offset within the block, in UTF-16 units. */
  at: number;
  old: string;
  new: string;
  kind: EditKind;
}

/** The rules are in zhlint's own file, so that its command and editors can read them too. */
const { rules } = JSON.parse(readFileSync(join(projectRoot, '.zhlintrc'), 'utf8')) as {
  rules: NonNullable<Options['rules']>;
};

type Parser = Extract<NonNullable<Options['hyperParse']>, (...args: never) => unknown>;
type Marks = Parameters<Parser>[0]['blocks'][number]['marks'];

/**
 * zhlint's time grows with the square of a text's length and of its bracket count. No prose comes near these limits.
 */
const LONGEST = 10_000;
const MOST_PAIRS = 400;

const HAN = /\p{Script=Han}/u;
const CJK = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’]/u;
const PAIRS = /["'“”‘’()（）]/;
const PUNCTUATION = /[,.:;?!"'()，。：；？！“”‘’（）]/;

/** Returns the corrections for a block of Chinese text. They never change its words, its marks or their content. */
export function lintBlock({ text, marks }: Block): Edit[] {
  const isFree = (edit: Edit) => marks.every((mark) => !touches(mark, edit));
  const invisible = invisibleCharacters(text);
  if (invisible.length > 0) return invisible.filter(isFree);
  if (!HAN.test(text) || !/[ -~\uff10-\uff5a]/.test(text) || text.length > LONGEST) return [];
  if (text.split(PAIRS).length > MOST_PAIRS) return [];
  if (isSettled({ text, marks })) return [];
  const edits = [...linterEdits({ text, marks }), ...fullWidthLetters(text)];
  const isMeant = meantIn(text);
  return edits
    .filter((edit) => isFree(edit) && !isMeant[edit.at] && isChinese(edit, text))
    .sort((a, b) => a.at - b.at);
}

type Text = Pick<Block, 'text' | 'marks'>;

const PLAIN = /^[\p{Script=Han}A-Za-z0-9 \n，。、；：？！“”‘’（）《》]*$/u;
/**
 * Patterns that may need a correction: Han beside a half-width character, or a space beside a space, line end or mark.
 */
const CLASH =
  /^ | $|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}| [ \n，。、；：？！“”‘’（）《》]|[\n，。、；：？！“”‘’（）《》] /u;

/** Whether zhlint certainly has no correction. Most blocks are like that, and zhlint takes a hundred times as long. */
export function isSettled({ text, marks }: Text): boolean {
  return marks.length === 0 && PLAIN.test(text) && !CLASH.test(text);
}

/** Returns all corrections of zhlint, before any are filtered out; none if it would change letters. */
export function linterEdits(block: Text): Edit[] {
  const { text, marks, placeOf } = shortened(block);
  return editsOf({ text, marks }).map((edit) => ({ ...edit, at: placeOf(edit.at) }));
}

/** As {@link linterEdits}, but without shortening the text. */
export function editsOf({ text, marks }: Text): Edit[] {
  const blocks = [
    { value: text, marks: marks.map((mark) => markFor(mark, text)), start: 0, end: text.length },
  ];
  try {
    // zhlint's own parsers read Markdown but not MDX, so pass the marks that our parser found.
    const { result } = run(text, { rules, hyperParse: (status) => ({ ...status, blocks }) });
    return difference(text, result) ?? [];
  } catch (error) {
    // Some meaningless texts crash it, such as `‘》.` (0.8.2). They have nothing that could be corrected with certainty.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/**
 * Shortens a text: of several Han characters in a row, only the first and last are kept. zhlint treats such a row as
 * one word and only uses its ends, but spends most of its time on looking up every character.
 */
function shortened({ text, marks }: Text): Text & { placeOf: (at: number) => number } {
  const rows = [...text.matchAll(/[\u4e00-\u9fff]{3,}/g)];
  /** The places in the short text where something was left out, and how much was left out up to there. */
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

/** Applies edits to a text. */
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

/** Returns the edits that turn one text into the other, if only spaces and punctuation differ; else undefined. */
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

/** Finds invisible characters from copied text. The linter would take them for letters. */
function invisibleCharacters(text: string): Edit[] {
  return [...text.matchAll(/[\u200b\u2060\ufeff]/g)].map(({ 0: old, index }) => ({
    at: index,
    old,
    new: '',
    kind: 'invisible',
  }));
}

/** Finds full-width letters and digits: readers see `Ａ１` as `A1`, but a search doesn't. */
function fullWidthLetters(text: string): Edit[] {
  return [...text.matchAll(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+/g)].map(({ 0: old, index }) => ({
    at: index,
    old,
    new: old.normalize('NFKC'),
    kind: 'width',
  }));
}

/**
 * Whether an edit concerns Chinese. The linter treats a whole paragraph as Chinese; `Hello, world` in it stays English.
 */
function isChinese({ at, old, kind }: Edit, text: string): boolean {
  const before = text.slice(0, at).trimEnd().slice(-1);
  const after = text.slice(at + old.length).trimStart()[0] ?? '';
  switch (kind) {
    case 'width':
    case 'invisible':
      return true;
    case 'punctuation':
      if (/["']/.test(old) && !arePaired(old, text)) return false;
      return PAIRS.test(old) || CJK.test(before) || HAN.test(after);
    case 'space':
    case 'spacing': {
      const isAtLineEnd = /[\n\t]/.test((text[at - 1] ?? '') + (text[at + old.length] ?? ''));
      const isMarkup = /[_~]/.test(before + after);
      return !isAtLineEnd && !isMarkup && (CJK.test(before) || CJK.test(after));
    }
  }
}

/** Whether straight quotes stand in pairs. After numbers they are inches, feet or minutes: `5" 的屏`. */
function arePaired(quote: string, text: string): boolean {
  const places = [...text.matchAll(new RegExp(quote, 'g'))].map(({ index }) => index);
  return places.length % 2 === 0 && !places.every((at) => /\d/.test(text[at - 1] ?? ''));
}

/** What looks like wrong punctuation but is intended. */
const MEANT = [
  // Numbering, `1.第一步`, and the dot in a name, `特里.戴维斯`.
  /[0-9A-Za-z\p{Script=Han}]\.(?=\p{Script=Han})/gu,
  // An initial, `罗伯特 T. 清崎`.
  /(?<![A-Za-z])[A-Z]\. (?=\p{Script=Han})/gu,
  // Names that begin with a dot, ` .com`.
  / ?\.(?=[0-9A-Za-z])/g,
  // Functions, `todo() `.
  /\w\([^()\p{Script=Han}]*\) ?/gu,
  /[:;]-?[()DP]/g,
];

/** Returns 1 for each character of a text that belongs to something intended, else 0. */
function meantIn(text: string): Uint8Array {
  const isMeant = new Uint8Array(text.length);
  for (const pattern of MEANT) {
    for (const { 0: found, index } of text.matchAll(pattern)) isMeant.fill(1, index, index + found.length);
  }
  return isMeant;
}

function touches(mark: Mark, { at: start, old, kind }: Edit): boolean {
  const end = start + old.length;
  const overlaps = (from: number, to: number) =>
    start === end ? from < start && start < to : start < to && from < end;
  const meets = (from: number, to: number) => start <= to && from <= end;
  if (mark.kind !== 'around') return (mark.kind === 'word' ? overlaps : meets)(mark.start, mark.end);
  // Writers put a space behind bold words at the beginning of a line to set them off.
  const hits = kind === 'space' ? meets : overlaps;
  return hits(mark.start, mark.innerStart) || hits(mark.innerEnd, mark.end);
}
