import { digestOf } from './markdown/cache.ts';
import type { Library } from './shelves.ts';

/** Depends on nothing but the card that it is given, and whoever has a card was given it by something noted here. */
const ofTheCardAlone = ['body'];

/**
 * Notes what pages ask a library for and what they are told, so that a page is made again when one of its questions is
 * answered otherwise, and only then: the verifying traces of Mokhov, Mitchell and Peyton Jones, “Build systems à la
 * carte” (2018).
 */
export class Reads {
  /** Answers as the library does, and notes it. */
  readonly view: Library;
  readonly #source: Library;
  readonly #digests = new WeakMap<object, string>();
  #noted = new Map<string, string>();

  constructor(source: Library) {
    this.#source = source;
    this.view = new Proxy(source, { get: (_, name) => this.#get(name as keyof Library) });
  }

  /** What was asked since the last call, each question with a digest of the answer. */
  take(): Map<string, string> {
    const noted = this.#noted;
    this.#noted = new Map();
    return noted;
  }

  /** A digest of what the library answers to a question now; another one than any before where it can't be asked. */
  digestOf(question: string): string {
    const [name, ...given] = JSON.parse(question) as [keyof Library, ...Given[]];
    const args = given.map((one) => (typeof one === 'object' ? this.#source.entry(one.entry) : one));
    if (args.includes(undefined) || !(name in this.#source)) return '';
    const value: unknown = Reflect.get(this.#source, name);
    return this.#digest(typeof value === 'function' ? (value as Ask).apply(this.#source, args) : value);
  }

  #get(name: keyof Library): unknown {
    const value: unknown = Reflect.get(this.#source, name);
    if (typeof value !== 'function') return this.#note([name], value);
    return (...args: unknown[]) => {
      const answer = (value as Ask).apply(this.#source, args);
      return ofTheCardAlone.includes(name)
        ? answer
        : this.#note([name, ...args.map((one) => this.#given(one))], answer);
    };
  }

  #note(question: unknown[], answer: unknown): unknown {
    const key = JSON.stringify(question);
    if (!this.#noted.has(key)) this.#noted.set(key, this.#digest(answer));
    return answer;
  }

  #given(value: unknown): Given {
    if (typeof value === 'string' || typeof value === 'number') return value;
    const { id } = value as { id: string };
    if (this.#source.entry(id) !== value) {
      throw new TypeError('a page may ask by words, numbers and cards of the library alone');
    }
    return { entry: id };
  }

  #digest(value: unknown): string {
    if (typeof value !== 'object' || value === null) return digestOf(this.#text(value));
    const known = this.#digests.get(value);
    if (known !== undefined) return known;
    const digest = digestOf(this.#text(value));
    this.#digests.set(value, digest);
    return digest;
  }

  /** Every value that differs has another text. Cards stand in many answers: each is written out once. */
  #text(value: unknown): string {
    if (value instanceof Map || value instanceof Set)
      return `${value.constructor.name}${this.#text([...value])}`;
    if (Array.isArray(value)) return `[${value.map((one) => this.#part(one)).join()}]`;
    if (typeof value !== 'object' || value === null)
      return value === undefined ? 'undefined' : JSON.stringify(value);
    const fields = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${this.#part(one)}`);
    return `{${fields.join()}}`;
  }

  #part(value: unknown): string {
    const isCard = typeof value === 'object' && value !== null && 'body' in value && 'digest' in value;
    return isCard ? this.#digest(value) : this.#text(value);
  }
}

/** How an argument stands in a question. */
type Given = string | number | { entry: string };
type Ask = (...args: unknown[]) => unknown;
