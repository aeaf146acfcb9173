import { readingsOf, type Kind } from './readings.ts';
import { eachWindow, hashOf, HashFilter, isTelling, latinRun, ofRuns, windowHashes } from './windows.ts';

export interface Leak {
  /** The file that contains the text. */
  file: string;
  /** The matching run, without punctuation and white space. */
  text: string;
}

/**
 * The net below the exact audit: finds members' text in every published file, as it is, inflated, and base64-decoded,
 * whatever punctuation, markup or escapes are between the characters.
 */
export class PlaintextSearch {
  /**
   * Published runs that may be members' text, each with the first file that contains it. The filters rule out nearly
   * all others.
   */
  readonly #published = new Map<string, string>();
  readonly #closedHashes: HashFilter;
  /** Small, so that lookups are fast: hardly any published run could be members' text. */
  readonly #publishedHashes = new HashFilter(10_000);
  readonly #hashesOf: typeof windowHashes;
  /** The texts that the readers may read, what {@link ofRuns} makes of them, and their lines, once these are needed. */
  readonly #allowed: string[] = [];
  #allowedRuns: string | undefined;
  #allowedLines: Lines | undefined;

  /**
   * @param closed - all texts that will be searched for
   * @param hashesOf - `windowHashes`, or a cached version of it
   */
  constructor(closed: Iterable<string>, hashesOf = windowHashes) {
    this.#hashesOf = hashesOf;
    const hashes = Array.from(closed, hashesOf);
    this.#closedHashes = new HashFilter(hashes.reduce((sum, { length }) => sum + length, 0));
    for (const some of hashes) for (const hash of some) this.#closedHashes.add(hash);
  }

  /**
   * Adds one published file.
   *
   * @returns whether anything in it is readable at all
   */
  addFile(file: string, bytes: Uint8Array, kind: Kind = 'any'): boolean {
    let isReadable = false;
    for (const text of readingsOf(bytes, kind)) {
      isReadable = true;
      eachWindow(text, (hash, run) => {
        if (!this.#closedHashes.has(hash)) return;
        this.#publishedHashes.add(hash);
        if (!this.#published.has(run())) this.#published.set(run(), file);
      });
    }
    return isReadable;
  }

  /**
   * Removes the runs that a public source contains itself. Has to be called for all of them before {@link find}. What
   * pages print apart, such as a title and a paragraph, has to be on lines of its own or within quotation marks.
   */
  allow(text: string): void {
    if (this.#published.size === 0) return;
    this.#allowed.push(text);
    eachWindow(text, (hash, run) => {
      if (this.#publishedHashes.has(hash)) this.#published.delete(run());
    });
  }

  /**
   * @returns one leak for each file that contains a run of `text`, which has to be one of the texts given as `closed`
   */
  find(text: string): Leak[] {
    if (this.#published.size === 0) return [];
    if (!this.#hashesOf(text).some((hash) => this.#publishedHashes.has(hash))) return [];
    const leaks = new Map<string, Leak>();
    eachWindow(text, (hash, run) => {
      const file = this.#publishedHashes.has(hash) ? this.#published.get(run()) : undefined;
      if (file === undefined || leaks.has(file)) return;
      if (isTelling(run()) && !this.#isSeam(run()) && !this.#isList(run()))
        leaks.set(file, { file, text: run() });
      else this.#published.delete(run());
    });
    return [...leaks.values()];
  }

  /**
   * Whether a run is public but for a quarter at one end: the end of a public text, before or after something else on
   * the page that happens to be like what members read there.
   */
  #isSeam(run: string): boolean {
    const part = Math.ceil(run.length * 0.75);
    this.#allowedRuns ??= this.#allowed.map(ofRuns).join('\n');
    return [run.slice(0, part), run.slice(-part)].some((most) => this.#allowedRuns!.includes(most));
  }

  /**
   * Whether a run is two or three public texts one after another, as pages print them: the form of a piece before its
   * title, or the titles in a list. Nothing else may be before, between or after them.
   */
  #isList(run: string): boolean {
    const lines = (this.#allowedLines ??= new Lines(this.#allowed));
    const places = Array.from({ length: run.length - 1 }, (_, i) => i + 1);
    const starts = places.filter((at) => lines.have(`\n${run.slice(at)}`));
    return places
      .filter((at) => lines.have(`${run.slice(0, at)}\n`))
      .some((end) =>
        starts.some((start) => start === end || (start > end && lines.have(`\n${run.slice(end, start)}\n`))),
      );
  }
}

/** The lines of the texts that the readers may read, as {@link ofRuns} reduces them. */
class Lines {
  readonly #text: string;
  /** Rules out nearly all parts that no line has at its beginning or end, without a search. */
  readonly #edges: HashFilter;

  constructor(texts: readonly string[]) {
    const lines = [
      ...new Set(texts.flatMap((text) => text.split(/[\n'"`]/)).flatMap((line) => ofRuns(line).split('\n'))),
    ];
    this.#text = `\n${lines.join('\n')}\n`;
    const most = (line: string) => Math.min(line.length, latinRun);
    this.#edges = new HashFilter(lines.reduce((sum, line) => sum + 2 * most(line) + 1, 0));
    for (const line of lines) {
      this.#edges.add(hashOf(`\n${line}\n`));
      for (let length = 1; length <= most(line); length++) {
        this.#edges.add(hashOf(`\n${line.slice(0, length)}`));
        this.#edges.add(hashOf(`${line.slice(-length)}\n`));
      }
    }
  }

  /** @param part - the beginning of a line, its end, or all of it, with the line breaks there; shorter than a run */
  have(part: string): boolean {
    return this.#edges.has(hashOf(part)) && this.#text.includes(part);
  }
}
