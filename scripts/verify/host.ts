import type { Bytes } from '../../src/vault/index.ts';
import { ask, fileIn, largestFile, type Answer } from './ask.ts';
import type { Finding } from './finding.ts';

/** After this many addresses without an answer, no more are requested. */
const enough = 16;

/** The host of a site. It is given up when too many requests get no answer. */
export class Host {
  /** The site's address without a trailing slash. */
  readonly site: string;
  readonly #ask: typeof ask;
  #unanswered = 0;

  constructor(site: string, asks = ask) {
    this.site = site;
    this.#ask = asks;
  }

  get isGivenUp(): boolean {
    return this.#unanswered >= enough;
  }

  /** As {@link ask}. */
  async ask(url: string, limit: number): Promise<Answer | string> {
    if (this.isGivenUp) return `not requested, because ${enough} others got no answer`;
    const answer = await this.#ask(url, limit);
    if (typeof answer === 'string') this.#unanswered++;
    return answer;
  }

  /**
   * Returns a file that has to exist.
   *
   * @param path - without a leading slash
   * @throws NoFile
   */
  read = async (path: string, limit = largestFile): Promise<Bytes> => {
    const address = `${this.site}/${path}`;
    const answer = await this.ask(address, limit);
    if (typeof answer === 'string') throw new NoFile({ address, problem: answer, isUnanswered: true });
    const file = fileIn(answer, limit);
    if (typeof file === 'string') throw new NoFile({ address, problem: file });
    return file;
  };
}

/** A file that has to exist can't be read. */
export class NoFile extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`${finding.address}: ${finding.problem}`);
    this.finding = finding;
  }
}
