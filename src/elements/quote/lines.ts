/** What may not begin a line, after GB/T 15834 and the strict rules of CSS `line-break`. */
const NOT_FIRST = /^[\p{Pe}\p{Pf}、。，．：；？！…·～％‰℃—々ー,.:;?!%/]/u;
/** What may not end one. */
const NOT_LAST = /[\p{Ps}\p{Pi}￥＄$#@]$/u;
/** A mark after which one takes breath, with what closes behind it. */
const ENDS_CLAUSE = /[，。；：？！][\p{Pe}\p{Pf}]*\s*$/u;
/** Knows Chinese words; older browsers have none, and break these. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined;
const LETTER = String.raw`(?![\p{Script=Han}\p{Script=Hira}\p{Script=Kana}])[\p{L}\p{M}\p{N}]`;
/** A dash or ellipsis, a word of letters and figures with what joins them, a run of spaces; else one character. */
const PIECE = new RegExp(`—+|…+|(?:${LETTER})+(?:['’._/+&@-](?:${LETTER})+)*|\\s+|.`, 'gsu');

/**
 * Breaks a text into lines as Chinese is set: anywhere between characters, but no line begins with `，。”` or ends with
 * `“（`, a dash or an ellipsis stays whole, and so does a Latin word. Lines end with
 * clauses where that takes at most one line more, else with words where it takes none. They are made about equally long.
 *
 * @param width - of the longest line that fits, in the unit of `measure`
 * @param measure - how wide a text is
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
    // The narrowest width that needs no line more leaves no lone character in the last one.
    let [low, high] = [width * 0.6, width];
    for (let round = 0; round < 8; round++) {
      const middle = (low + high) / 2;
      if (fill(units, middle, measure).length > count) low = middle;
      else high = middle;
    }
    return fill(units, high, measure);
  });
}

/** The pieces of a text between which a line may end; a space belongs to what stands before it. */
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

/** These units, those together that are one word. */
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

/** These units, those together that stand between two marks. */
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
