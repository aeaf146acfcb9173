import { digestOf } from '../markdown/cache.ts';
import type { Library } from './library.ts';

/**
 * Methods whose answer depends only on the card they are given. They need no record: the card came from a recorded
 * answer.
 */
const ofTheCardAlone = ['body'];

/**
 * Records what a page asks the library and a digest of each answer. A page is rendered again only when one of these
 * answers changes: the verifying traces of Mokhov, Mitchell and Peyton Jones, “Build systems à la carte” (2018).
 */
export class Reads {
  /** A proxy of the library that records every question. */
  readonly view: Library;
  readonly #source: Library;
  readonly #digests = new WeakMap<object, string>();
  #noted = new Map<string, string>();

  constructor(source: Library) {
    this.#source = source;
    this.view = new Proxy(source, { get: (_, name) => this.#get(name as keyof Library) });
  }

  /** Returns the questions since the last call, each with a digest of its answer. */
  take(): Map<string, string> {
    const noted = this.#noted;
    this.#noted = new Map();
    return noted;
  }

  /**
   * Returns a digest of the library's current answer to a recorded question; an empty string, which equals no digest,
   * if the question can't be asked anymore.
   */
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

  /**
   * Serializes a value; different values give different texts. Cards occur in many answers, so each is serialized once
   * and then represented by its digest.
   */
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

/** An argument as a recorded question contains it. */
type Given = string | number | { entry: string };
type Ask = (...args: unknown[]) => unknown;
