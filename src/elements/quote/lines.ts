/** Matches a start that no line may have, after GB/T 15834 and the strict rules of CSS `line-break`. */
const NOT_FIRST = /^[\p{Pe}\p{Pf}、。，．：；？！…·～％‰℃—々ー,.:;?!%/]/u;
/** Matches an end that no line may have. */
const NOT_LAST = /[\p{Ps}\p{Pi}￥＄$#@]$/u;
/** Matches a clause's final punctuation, with closing brackets and quotation marks after it. */
const ENDS_CLAUSE = /[，。；：？！][\p{Pe}\p{Pf}]*\s*$/u;
/** Segments Chinese words; older browsers have none, and may break lines within words. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined;
const LETTER = String.raw`(?![\p{Script=Han}\p{Script=Hira}\p{Script=Kana}])[\p{L}\p{M}\p{N}]`;
/**
 * Matches a dash or ellipsis, a word of letters and digits with its joining characters, white space, or a character.
 */
const PIECE = new RegExp(`—+|…+|(?:${LETTER})+(?:['’._/+&@-](?:${LETTER})+)*|\\s+|.`, 'gsu');

/**
 * Breaks a text into lines by Chinese typesetting rules: anywhere between characters, but no line begins with `，。”` or
 * ends with `“（`, and dashes, ellipses and Latin words stay whole. Lines end at clauses if that takes at most one extra
 * line, else at words if that takes none. Lines not broken at clauses are made about equally long.
 *
 * @param width - the maximum width of a line, in the unit of `measure`
 * @param measure - returns the width of a text
 */
export function breakLines(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const pieces = unitsOf(paragraph.trim()).flatMap((unit) =>
      measure(unit) > width ? Array.from(unit) : unit,
    );
    const count = fill(pieces, width, measure).length;
    const fits = (lines: string[], most: number) =>
      lines.length <= most && lines.every((line) => measure(line) <= width);
    const byClause = fill(clausesOf(pieces), width, measure);
    if (fits(byClause, count + 1)) return byClause;
    const words = wordsOf(pieces);
    const units = fits(fill(words, width, measure), count) ? words : pieces;
    // The narrowest width with the same number of lines leaves no lone character in the last line.
    let [low, high] = [width * 0.6, width];
    for (let round = 0; round < 8; round++) {
      const middle = (low + high) / 2;
      if (fill(units, middle, measure).length > count) low = middle;
      else high = middle;
    }
    return fill(units, high, measure);
  });
}

/** Splits a text into units between which a line may break; a space belongs to the unit before it. */
function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const piece of text.match(PIECE) ?? []) {
    const last = units.at(-1);
    const isBound = last !== undefined && (/^\s/.test(piece) || NOT_FIRST.test(piece) || NOT_LAST.test(last));
    if (isBound) units[units.length - 1] = last + piece;
    else units.push(piece);
  }
  return units;
}

/** Joins the units that form one word. */
function wordsOf(units: string[]): string[] {
  const text = units.join('');
  const starts = segmenter && new Set(Array.from(segmenter.segment(text), ({ index }) => index));
  if (!starts) return units;
  const words: string[] = [];
  let at = 0;
  for (const unit of units) {
    if (starts.has(at)) words.push(unit);
    else words.push(`${words.pop() ?? ''}${unit}`);
    at += unit.length;
  }
  return words;
}

/** Joins the units of each clause. */
function clausesOf(units: string[]): string[] {
  const clauses: string[] = [];
  for (const unit of units) {
    const last = clauses.at(-1);
    if (last === undefined || ENDS_CLAUSE.test(last)) clauses.push(unit);
    else clauses[clauses.length - 1] = last + unit;
  }
  return clauses;
}

function fill(units: string[], width: number, measure: (text: string) => number): string[] {
  const lines = [''];
  for (const unit of units) {
    const line = lines.at(-1)! + unit;
    if (measure(line.trimEnd()) <= width || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(unit);
  }
  return lines.map((line) => line.trimEnd());
}
