// Imported by the build (Node), the pages and the tests: use only what all of them have.

/**
 * A folded text. Two texts that fold to the same characters count as the same, for index, query and highlighter alike:
 *
 * - Letter case, full width and compatibility forms (NFKD), accents and invisible characters make no difference.
 * - Curly, straight and corner quotation marks are the same, single or double; so are all dashes.
 * - White space is ignored, so that `B 端` equals `B端` and a line break within a sentence doesn't count. Only between
 *   two letters or digits that are not CJK it counts, as one space: `growth hacking`, `2 000`.
 * - Reference marks after Chinese are ignored: `社群[1]运营` and `社群²运营` equal `社群运营`.
 * - Everything else must match, including punctuation.
 */
export interface Folded {
  /** The characters to compare, one code point each. */
  characters: string[];
  /** Where each character's source in the text starts, in UTF-16 units. */
  starts: number[];
  /** Where that source code point ends. */
  ends: number[];
}

/** A range of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

interface Fold {
  characters: string[];
  /** Whether it is a letter or digit of a script with spaces between words. */
  isSpaced: boolean;
}

const space: unique symbol = Symbol('space');
const known = new Map<string, Fold | typeof space>();

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;

/** Matches `[12]`, `【3】` or `²` after a Chinese character or Chinese punctuation. */
const REFERENCE =
  /(?<=[\p{Script=Han}\u3001-\u3011\u201d\uff01-\uff1f]\s?)(?:[[［【〔]\d{1,3}[\]］】〕]|[⁰¹²³⁴-⁹]{1,3})/gu;

/** Folds a text to the characters that are compared, with their positions in the text. */
export function fold(text: string): Folded {
  const folded: Folded = { characters: [], starts: [], ends: [] };
  let spaceAt = -1;
  let afterSpaced = false;
  let position = 0;
  const references = text.matchAll(REFERENCE);
  let reference = references.next().value;
  for (const character of text) {
    const start = position;
    position += character.length;
    if (reference && start >= reference.index) {
      if (position === reference.index + reference[0].length) reference = references.next().value;
      continue;
    }
    const form = formOf(character);
    if (form === space) {
      if (spaceAt < 0) spaceAt = start;
      continue;
    }
    if (form.characters.length === 0) continue;
    if (spaceAt >= 0 && afterSpaced && form.isSpaced) push(folded, ' ', spaceAt, start);
    spaceAt = -1;
    afterSpaced = form.isSpaced;
    for (const one of form.characters) push(folded, one, start, position);
  }
  return folded;
}

/** The characters of {@link fold} as one string, for comparing without positions. */
export function foldText(text: string): string {
  return fold(text).characters.join('');
}

/** Finds a run of folded characters in a folded text, in order and without overlaps. */
export function spansOf({ characters, starts, ends }: Folded, run: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at + run.length <= characters.length;) {
    if (run.every((character, offset) => characters[at + offset] === character)) {
      spans.push({ start: starts[at]!, end: ends[at + run.length - 1]! });
      at += run.length;
    } else {
      at++;
    }
  }
  return spans;
}

function push(folded: Folded, character: string, start: number, end: number): void {
  folded.characters.push(character);
  folded.starts.push(start);
  folded.ends.push(end);
}

function formOf(character: string): Fold | typeof space {
  let form = known.get(character);
  if (form === undefined) {
    form = computeForm(character);
    known.set(character, form);
  }
  return form;
}

function computeForm(character: string): Fold | typeof space {
  if (/\s/u.test(character)) return space;
  const plain = character
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Cc}\p{Cs}\s]/gu, '')
    .replace(/[\p{Pi}\p{Pf}„‟＂「」『』]/gu, (mark) => (/[‘’‚‛‹›]/.test(mark) ? "'" : '"'))
    .replace(/\p{Pd}/gu, '-')
    .toLowerCase();
  const characters = Array.from(plain);
  const isSpaced = characters.some((one) => /[\p{L}\p{N}]/u.test(one) && !CJK.test(one));
  return { characters, isSpaced };
}
