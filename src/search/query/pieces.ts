import type { Term } from './query.ts';

/** A part of a question, in one or several wordings, the typed one first. */
export interface QuestionPart {
  runs: string[][];
  weight: number;
}

/** Words that ask. */
const ASKING_WORDS =
  '请问|为什么|什么样|什么|怎么办|怎么样|怎么|怎样|如何|哪些|哪个|哪里|多少|有没有|是不是|能不能|要不要|可不可以';
/** Function words of questions, which say nothing about the subject. */
const QUESTION_WORDS = `${ASKING_WORDS}|可以|应该|需要|起来|一下|一点|时候|我们|你们|他们|大家|自己|这个|那个|一个|提高|提升|以及|或者|还是|没有`;
/** Other words of questions that could be about anything. Unlike function words, they may well be in a typo. */
const COMMON_WORDS =
  '有没有人|会不会|值不值得?|到底|究竟|真的|知道|才能|能够|愿意|有人|有些|想要|想找|想问|想知道|想看|一份|一些|一篇|一种|哪种|为何|请教|求助|处理|办法';
/** Single function characters. Many words contain one. */
const FUNCTION_CHARACTERS = '的了吗呢吧啊呀么我你他她它们这那是在有和与或把被让给对就都也还很更最';
const FILLERS = new RegExp(`${COMMON_WORDS}|${QUESTION_WORDS}|[${FUNCTION_CHARACTERS}]`, 'u');

const PUNCTUATION = /[\p{P}\p{S}\s]/u;
/** Matches a word of at least two Latin letters, or a number of at least two digits: `chatgpt`, `100`, `8.6`. */
const LATIN_OR_NUMBER = /([\p{Script=Latin}\p{N}]+(?:[.,]\p{N}+)+|[\p{Script=Latin}\p{N}]{2,})/u;
const NUMBER = /^[\p{N}.,]+$/u;

/**
 * Splits a question into parts: first the words that have synonyms, with their other wordings. The rest, without
 * fillers, is split into Latin words, numbers and pairs of characters, so that no dictionary has to know its words.
 */
export function piecesOf({ characters }: Term, synonyms: readonly (readonly string[])[]): QuestionPart[] {
  const parts: QuestionPart[] = [];
  let rest = characters.join('');
  const words = synonyms.flatMap((group) => group.map((word) => ({ word, group })));
  for (const { word, group } of words.sort((a, b) => b.word.length - a.word.length)) {
    if (word.length < 2 || !rest.includes(word)) continue;
    rest = rest.replaceAll(word, ' ');
    const wordings = [word, ...group.filter((other) => other !== word)];
    parts.push({ runs: wordings.map((one) => Array.from(one)), weight: word.length });
  }
  for (const { wordings, weight } of rest.split(FILLERS).flatMap(wordingsOf)) {
    parts.push({ runs: wordings.map((one) => Array.from(one)), weight });
  }
  return parts.length > 0
    ? parts
    : pairsOf(characters.join('')).map((run) => ({ runs: [Array.from(run)], weight: 2 }));
}

/**
 * Splits a text without fillers into parts, each with its wordings: `chatgpt写文案` ⇒ chatgpt, 写文, 文案. Latin words
 * stay whole, because pairs of letters are everywhere. A number is worth more with its unit: `900美元` ⇒ 900美 or 900,
 * 美元.
 */
function wordingsOf(text: string): { wordings: string[]; weight: number }[] {
  const parts = text.split(LATIN_OR_NUMBER);
  return parts.flatMap((part, at) => {
    if (at % 2 === 0) return part.split(PUNCTUATION).flatMap(weightedPairsOf);
    const [counted = ''] = NUMBER.test(part) ? (/^\p{Script=Han}/u.exec(parts[at + 1]!) ?? []) : [];
    return [{ wordings: counted ? [part + counted, part] : [part], weight: 2 }];
  });
}

/** Older browsers have no segmenter; all pairs are worth the same there. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined;

/**
 * The bigrams of a text. One that is the end of a word and the start of the next, as 子电 in 量子电脑, is worth half.
 * A single character may belong to the word beside it, even if the browser doesn't know that: 换工作, 拉新.
 */
function weightedPairsOf(text: string): { wordings: string[]; weight: number }[] {
  const words = Array.from(segmenter?.segment(text) ?? []);
  const edges = new Set(
    words.flatMap(({ index, segment }, at) => {
      return segment.length > 1 && (words[at - 1]?.segment.length ?? 0) > 1 ? [index] : [];
    }),
  );
  let end = 0;
  return pairsOf(text).map((pair) => {
    end += Array.from(pair)[0]!.length;
    return { wordings: [pair], weight: edges.has(end) ? 1 : 2 };
  });
}

/** Whether a term is nothing but words of a question, which say nothing about the subject: `如何`, `怎么办呢`. */
export function isFiller({ characters }: Term): boolean {
  return characters.join('').split(FILLERS).join('') === '';
}

/** Whether a term asks something about a subject: `怎么破冰`. */
export function isQuestion(term: Term): boolean {
  return new RegExp(ASKING_WORDS, 'u').test(term.characters.join('')) && !isFiller(term);
}

/** Removes the question words: `怎么劝退` ⇒ `劝退`. */
export function withoutQuestionWords(text: string): string {
  return text.replace(new RegExp(QUESTION_WORDS, 'gu'), '');
}

/** The bigrams of a text: `社群里` ⇒ 社群, 群里. */
export function pairsOf(text: string): string[] {
  const characters = Array.from(text);
  return characters.slice(1).map((character, at) => characters[at]! + character);
}
