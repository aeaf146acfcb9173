import { escapePattern } from './pattern.ts';
import { pairsOf, withoutQuestionWords } from './pieces.ts';
import { foldedText, type Candidate, type Match, type SearchIndex } from './search-index.ts';

/** Final particles, which a query may have and a text may not: 群里吵架了 means 群里吵架. */
const PARTICLES = /[了吗呢吧啊呀的]+$/u;

const LATIN = /\p{Script=Latin}/u;

/** The fewest characters that are corrected: shorter runs are like too many others. */
const MIN_LENGTH = 4;
/** Matches what may stand in place of a wrong character: another one, or the space between two Latin words. */
const SLIP = '(?:[^\\p{P}\\p{N}\\s]|(?<=\\p{Script=Latin}) (?=\\p{Script=Latin}))';
/** Maximum number of texts to search for corrections. */
const MOST_TEXTS = 12;

/** Matches punctuation that people omit or change when they recall a sentence, unlike that of `30%` or `C#`. */
const MARK = /[^\P{P}%#@&*/\\]/u;
/** Maximum number of texts to search for a sentence with other punctuation. */
const MOST_SENTENCES = 4;

/**
 * Finds a term in the texts with other punctuation: 不是数量是气氛 ⇒ 不是数量，是气氛, 「不用给理由」 ⇒ 不用给理由. The
 * texts searched for a sentence are those of entries that contain at least half of its pairs of characters.
 */
export async function punctuated(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const bare = characters.join('').replace(/^\p{P}+(?=\p{Script=Han})|(?<=\p{Script=Han})\p{P}+$/gu, '');
  if (bare !== characters.join('') && (await index.find(Array.from(bare))).size > 0) return [bare];
  const letters = characters.filter((character, at) => !MARK.test(character) || isInNumber(characters, at));
  if (letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length < MIN_LENGTH) return [];
  // These pairs don't overlap, so a punctuation mark splits at most one of them.
  const pairs = pairsOf(letters.join('')).filter((_, at) => at % 2 === 0);
  const held = new Map<string, { candidate: Candidate; count: number }>();
  for (const matches of await Promise.all(pairs.map((pair) => index.find(Array.from(pair))))) {
    for (const [entry, { candidate }] of matches) {
      held.set(entry, { candidate, count: (held.get(entry)?.count ?? 0) + 1 });
    }
  }
  const likely = [...held.values()]
    .filter(({ count }) => count >= pairs.length / 2)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_SENTENCES);
  const between = (at: number) => (isDigit(letters[at - 1]) && isDigit(letters[at]) ? '' : `${MARK.source}*`);
  const pattern = letters.map((letter, at) => (at > 0 ? between(at) : '') + escapePattern(letter)).join('');
  const runs = new Set<string>();
  for (const { candidate } of likely) {
    for (const [run] of (await foldedText(candidate)).matchAll(new RegExp(pattern, 'gu'))) runs.add(run);
  }
  return [...runs].slice(0, 2);
}

/**
 * Corrections, likeliest first, of a run in which one character is wrong, missing or extra, or two are in the wrong
 * order. The run must have four or more characters besides question words and numbers. The texts searched are those of
 * entries that contain both halves around the wrong character.
 */
export async function corrected(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const typed = characters.join('');
  if (Array.from(withoutQuestionWords(typed).replace(/\p{N}/gu, '')).length < MIN_LENGTH) return [];
  const plain = typed.replace(PARTICLES, '');
  if (plain.length < characters.length && plain.length >= MIN_LENGTH - 1) {
    if ((await index.find(Array.from(plain))).size > 0) return [plain];
  }
  const ranked = await runsIn(await gapsIn(index, characters), characters);
  const sameLength = ranked.filter((run) => Array.from(run).length === characters.length);
  if (sameLength.length > 0) return sameLength.slice(0, 2);
  const inOrder = await swapped(index, characters);
  return (inOrder.length > 0 ? inOrder : ranked).slice(0, 2);
}

/** A run with one character left out, which may be wrong. */
interface Gap {
  before: readonly string[];
  after: readonly string[];
  /** The entries that contain both halves. */
  candidates: Candidate[];
}

/** Leaves out each character that may be wrong. The gaps that the fewest entries have come first. */
async function gapsIn(index: SearchIndex, characters: readonly string[]): Promise<Gap[]> {
  // A different number is not a typing error.
  const isDoubtful = (at: number) => !isInNumber(characters, at);
  const gaps = await Promise.all(
    [...characters.keys()].filter(isDoubtful).map(async (at): Promise<Gap> => {
      const [before, after] = [characters.slice(0, at), characters.slice(at + 1)];
      const found = await Promise.all(
        [before, after].filter((half) => half.length > 0).map((half) => index.find(half)),
      );
      const [first, second] = found as [Map<string, Match>, Map<string, Match>?];
      const both = [...first.values()].filter(({ candidate }) => second?.has(candidate.entry) ?? true);
      return { before, after, candidates: both.map(({ candidate }) => candidate) };
    }),
  );
  return gaps
    .filter(({ candidates }) => candidates.length > 0)
    .sort((a, b) => a.candidates.length - b.candidates.length);
}

/** Finds the runs in the texts that differ from the one typed only in a gap, the most frequent first. */
async function runsIn(gaps: readonly Gap[], characters: readonly string[]): Promise<string[]> {
  const counts = new Map<string, number>();
  const texts = new Map<string, string>();
  // A Latin word must match as a whole: leng is not in revenge.
  const start = LATIN.test(characters[0]!) ? '(?<!\\p{Script=Latin})' : '';
  const end = LATIN.test(characters.at(-1)!) ? '(?!\\p{Script=Latin})' : '';
  const negationsIn = negationsOf(characters.join(''));
  const count = async ({ before, after, candidates }: Gap, fewest: number, most: number) => {
    const pattern = new RegExp(
      `${start}${escapePattern(before.join(''))}${SLIP}{${fewest},${most}}?${escapePattern(after.join(''))}${end}`,
      'gu',
    );
    for (const candidate of candidates) {
      if (!texts.has(candidate.entry)) {
        if (texts.size === MOST_TEXTS) break;
        texts.set(candidate.entry, await foldedText(candidate));
      }
      for (const [run] of texts.get(candidate.entry)!.matchAll(pattern)) {
        if (negationsOf(run) === negationsIn) counts.set(run, (counts.get(run) ?? 0) + 1);
      }
    }
  };
  const isAtEnd = ({ before, after }: Gap) => before.length === 0 || after.length === 0;
  for (const gap of gaps) await count(gap, isAtEnd(gap) ? 1 : 0, 2);
  if (counts.size === 0 && characters.length > MIN_LENGTH) {
    for (const gap of gaps.filter(isAtEnd)) await count(gap, 0, 0);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([run]) => run);
}

/** Finds a run with two neighbours in the wrong order: dorpbox ⇒ dropbox. */
async function swapped(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const canMove = (at: number) =>
    /^[\p{Script=Han}\p{Script=Latin}]$/u.test(characters[at]!) && negationsOf(characters[at]!) === '';
  const runs = [...characters.keys()]
    .slice(1)
    .filter((at) => canMove(at - 1) && canMove(at) && characters[at - 1] !== characters[at])
    .map((at) => [
      ...characters.slice(0, at - 1),
      characters[at]!,
      characters[at - 1]!,
      ...characters.slice(at + 1),
    ]);
  const found = await Promise.all(runs.map((run) => index.find(run)));
  return runs.filter((_, at) => found[at]!.size > 0).map((run) => run.join(''));
}

/** The negations in a text. A correction must not add or remove one: 红包没用 is the opposite of 红包管用. */
function negationsOf(text: string): string {
  return text.replace(/[^不没未]/gu, '');
}

/** Whether a character is a digit, or punctuation between two digits: `2.5`. */
function isInNumber(characters: readonly string[], at: number): boolean {
  return isDigit(characters[at]) || (isDigit(characters[at - 1]) && isDigit(characters[at + 1]));
}

function isDigit(character = ''): boolean {
  return /^\p{N}$/u.test(character);
}
