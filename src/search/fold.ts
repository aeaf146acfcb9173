// Imported by the build (Node), the pages and the tests: nothing here but what all of them have.

/**
 * When two texts count as the same, for index, query and highlighter alike.
 *
 * - Letter case, full width and compatibility forms (NFKD), accents and invisible characters make no difference.
 * - Curly, straight and corner quotation marks are one mark; so are all dashes.
 * - White space makes no difference, so that `B 端` is `B端` and a line break in the middle of a sentence is none;
 *   only between two letters or digits that are not CJK it counts, as one space: `growth hacking`, `2 000`.
 * - Reference marks behind Chinese are passed over: `社群[1]运营` and `社群²运营` are `社群运营`.
 * - Everything else, punctuation too, has to be there.
 */
export interface Folded {
  /** What is compared, a code point each. */
  characters: string[];
  /** For each of them where in the text it comes from, in UTF-16 units. */
  starts: number[];
  /** … and where the code point that it comes from ends. */
  ends: number[];
}

interface Fold {
  characters: string[];
  /** A letter or digit of a script that sets spaces between words. */
  isSpaced: boolean;
}

const space: unique symbol = Symbol('space');
const known = new Map<string, Fold | typeof space>();

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;

/** `[12]`, `【3】`, `²` behind a Chinese character or its punctuation. */
const REFERENCE =
  /(?<=[\p{Script=Han}\u3001-\u3011\u201d\uff01-\uff1f]\s?)(?:[[［【〔]\d{1,3}[\]］】〕]|[⁰¹²³⁴-⁹]{1,3})/gu;

/** Folds a text to the characters that are compared, and remembers where each of them stands. */
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

/** The characters of {@link fold} as one string, for comparing without places. */
export function foldText(text: string): string {
  return fold(text).characters.join('');
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
