import { FORMS } from '../../src/model/form.ts';
import { escapePattern } from '../../src/search/query/pattern.ts';
import { readingsOf, tagTexts, type Kind } from './readings.ts';
import { HashFilter, hashOf, slide } from './windows.ts';

/** A name that an audience must not see: a title, a person, a topic, a series, the text of a picture, or an address. */
export interface Name {
  text: string;
  /** The file of the content folder that the name belongs to. */
  of: string;
  /** Whether it only counts as whole words, as the audience reads its letters within and across others. */
  isWords?: boolean;
}

/**
 * From this many letters on, a name is unlikely to occur by chance, so it counts anywhere in a text. A shorter name
 * only counts as a whole word.
 */
const telling = 6;

/** At least two Han characters, or one and a letter: `2026`, `11月` or `M12` occur as words on many pages. */
const short = /\p{Script=Han}.*[\p{Script=Han}A-Za-z]|[A-Za-z].*\p{Script=Han}/u;

/**
 * Or at least three Latin letters, one of them a capital, as names have; other words of that length are usually code.
 */
const shortLatin = /^(?=.*[A-Z])(?=.*[A-Za-z]{3}|.*[A-Za-z] [A-Za-z]{2})[A-Za-z0-9 .'&-]+$/;

/** Whether a file is a script, a style sheet or Pagefind's engine; one of a tier has the tier after its name. */
export const isCode = (file: string): boolean => /\.(?:js|css|pagefind)(?: \(|$)/.test(file);

const place = `(?:${[...FORMS, 'topics', 'series'].join('|')})/[a-z0-9-]+`;

/** Matches addresses of entries, topics and series, below any base. */
export const ADDRESS = new RegExp(`/${place}/`, 'g');

/** The same addresses as attributes and data may have them, without the slashes at the ends. */
const PLACE = new RegExp(`(?<![a-z0-9-])${place}(?![a-z0-9-])`, 'g');

/**
 * Finds names in files, whatever markup, escapes or encoding they are in. It searches for all names together: each file
 * is scanned once, however many names there are.
 */
export class NameSearch {
  /** Long names by their first letters; short names and addresses as a whole. */
  readonly #long = new Map<string, (Name & { letters: string })[]>();
  readonly #whole = new Map<string, Name[]>();
  /** Short names of several words, such as 读《疯传》, which count as they are written. */
  readonly #divided: RegExp | undefined;
  /** Short names in Latin letters, and long ones that count only as words. */
  readonly #short: Words;
  readonly #words: Words;
  readonly #isEmpty: boolean = true;

  constructor(names: Iterable<Name>) {
    const latin: Name[] = [];
    const words: Name[] = [];
    const divided = new Set<string>();
    for (const name of names) {
      this.#isEmpty = false;
      const letters = lettersOf(name.text);
      const compact = name.text.replace(notWord, '');
      if (name.text.startsWith('/')) add(this.#whole, name.text, name);
      else if (name.isWords) words.push(name);
      else if (letters.length >= telling) add(this.#long, letters.slice(0, telling), { ...name, letters });
      else if (short.test(compact)) {
        const written = name.text.replace(outer, '');
        for (const key of new Set([compact, written])) add(this.#whole, key, name);
        if (written !== compact) divided.add(escapePattern(written));
      } else if (shortLatin.test(name.text)) latin.push(name);
    }
    if (divided.size > 0)
      this.#divided = new RegExp(`(?<!${wordLetter})(?:${[...divided].join('|')})(?!${wordLetter})`, 'gu');
    this.#short = new Words(latin);
    this.#words = new Words(words);
  }

  /** @returns the names that occur in a file, each once */
  find(file: string, bytes: Uint8Array, kind: Kind): Name[] {
    if (this.#isEmpty) return [];
    const found = new Set<Name>();
    for (const tag of kind === 'any' ? tagTexts(bytes) : []) this.#short.find(tag, found);
    for (const reading of readingsOf(bytes, kind)) {
      // Binary files contain any three letters somewhere, and code contains short words, so both are skipped.
      if (kind === 'text' && !isCode(file)) this.#short.find(reading, found);
      this.#words.find(reading, found);
      const text = reading.replace(between, '');
      for (const [word] of text.matchAll(/[\p{Script=Han}A-Za-z0-9]+/gu))
        this.#take(this.#whole, word, found);
      if (this.#divided)
        for (const [name] of text.matchAll(this.#divided)) this.#take(this.#whole, name, found);
      for (const [bare] of text.matchAll(PLACE)) this.#take(this.#whole, `/${bare}/`, found);
      for (const part of text.split(betweenStrings)) {
        const letters = lettersOf(part);
        for (let i = 0; i + telling <= letters.length; i++) {
          for (const name of this.#long.get(letters.slice(i, i + telling)) ?? []) {
            if (letters.startsWith(name.letters, i)) found.add(name);
          }
        }
      }
    }
    return [...found];
  }

  #take(names: Map<string, Name[]>, key: string, found: Set<Name>): void {
    for (const name of names.get(key) ?? []) found.add(name);
  }
}

/** Finds names in Latin letters as whole words, in the same case. Between Han characters they need no space. */
class Words {
  readonly #names = new Map<string, Name[]>();
  readonly #pattern: RegExp | undefined;

  constructor(names: readonly Name[]) {
    const patterns = new Set<string>();
    for (const name of names) {
      add(this.#names, name.text.replace(notWord, ''), name);
      patterns.add(wordsOf(name.text).replaceAll(' ', '[^A-Za-z0-9]{1,3}'));
    }
    if (patterns.size === 0) return;
    this.#pattern = new RegExp(`(?<![A-Za-z0-9])(?:${[...patterns].join('|')})(?![A-Za-z0-9])`, 'g');
  }

  find(text: string, found: Set<Name>): void {
    if (!this.#pattern) return;
    for (const [words] of text.matchAll(this.#pattern)) {
      for (const name of this.#names.get(words.replace(notWord, '')) ?? []) found.add(name);
    }
  }
}

const wordLetter = String.raw`[\p{Script=Han}A-Za-z0-9]`;
const notWord = /[^\p{Script=Han}A-Za-z0-9]+/gu;
/** The same at either end. */
const outer = /^[^\p{Script=Han}A-Za-z0-9]+|[^\p{Script=Han}A-Za-z0-9]+$/gu;

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

/** What our pages have within or beside words: breaks in titles, and the compiler's marks on elements. */
const between =
  /<wbr>|<\/?span(?: class="(?:clause|keep|title-text(?: long)?)")?>| data-astro-cid-[a-z0-9]{8}(?:="true")?(?=[\s>])/g;

/** What JSON has between two strings: two topics beside each other are no title. */
const betweenStrings = /"[\s,:[\]{}]+"/;

/** Texts that the audience may read, so that a name in them gives nothing away. */
export class Said {
  readonly #letters: string;
  /**
   * A Bloom filter of where a long name could begin. It rules out nearly all names that don't occur, without a search.
   */
  readonly #beginnings: HashFilter;
  readonly #words: string;

  constructor(texts: readonly string[]) {
    const text = texts.join('\n');
    this.#letters = lettersOf(text);
    this.#beginnings = new HashFilter(this.#letters.length);
    slide(this.#letters, telling, (hash) => this.#beginnings.add(hash));
    this.#words = wordsOf(text);
  }

  /**
   * Whether the texts contain a name. Anything may stand between the letters of a long name, and within and around
   * words. The characters of a short one have to be adjacent, and in Latin letters to be whole words; one in Han
   * characters may lack its punctuation.
   */
  says(name: string): boolean {
    const letters = lettersOf(name);
    if (letters.length < telling) {
      const compact = name.replace(notWord, '');
      return this.saysWords(name) || (short.test(compact) && this.saysWords(compact));
    }
    return this.#beginnings.has(hashOf(letters.slice(0, telling))) && this.#letters.includes(letters);
  }

  /** Whether the texts contain a name in Latin letters as whole words, in the same case. */
  saysWords(name: string): boolean {
    return hasWords(this.#words, name);
  }
}

/** Whether a text that {@link wordsOf} has reduced contains a name: one in Latin letters as whole words. */
function hasWords(text: string, name: string): boolean {
  const words = wordsOf(name);
  if (!/^[A-Za-z0-9 ]+$/.test(words)) return text.includes(words);
  return new RegExp(`(?<![A-Za-z0-9])${words}(?![A-Za-z0-9])`).test(text);
}

/** Whether `said`, the code of packages, excuses a name in a script: if the script has it as words, so must the code. */
export function isOfCode(name: string, said: Said, bytes: Uint8Array): boolean {
  if (!said.says(name)) return false;
  return (
    said.saysWords(name) || ![...readingsOf(bytes, 'text')].some((text) => hasWords(wordsOf(text), name))
  );
}

/**
 * Returns what to search for if an audience reads these texts: a name that none of them says; one in Latin letters
 * whose letters they say, but not as words of their own (“and read” has those of “Andrea”), as words; otherwise nothing.
 */
export function unlessSaid(name: Name, ...texts: readonly Said[]): Name[] {
  const says = texts.filter((text) => text.says(name.text));
  if (says.length === 0) return [name];
  const isSaid = /\p{Script=Han}/u.test(name.text) || says.some((text) => text.saysWords(name.text));
  return isSaid ? [] : [{ ...name, isWords: true }];
}

/** Reduces a text to what is compared: Han characters, letters and digits. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{Script=Han}A-Za-z0-9]+/gu, '').toLowerCase();
}

const wordsOf = (text: string) => text.replace(notWord, ' ').trim();
