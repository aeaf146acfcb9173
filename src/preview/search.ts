import { Worker } from 'node:worker_threads';
import type { Content } from '../markdown/content.ts';
import { vocabularyOf, type Vocabulary } from '../search/vocabulary.ts';

/** What the worker is told: the pages that changed, `undefined` for those that are gone. */
export interface ToIndex {
  pages: [address: string, html: string | undefined][];
  vocabulary: Vocabulary;
}

/** What it answers: the files of each bundle, by their path below `/pagefind/`. */
export type Indexed = Map<string, Uint8Array>;

/** The preview's search: pages are read as they are served, and indexed beside the server. */
export class LiveSearch {
  readonly #fetchPage: (address: string) => Promise<string | undefined>;
  readonly #waiting = new Set<string>();
  #worker: Worker | undefined;
  #files: Promise<Indexed> | undefined;
  #latest: Indexed | undefined;

  /** @param fetchPage - gives the page at an address as it is served now; undefined where there is none */
  constructor(fetchPage: (address: string) => Promise<string | undefined>) {
    this.#fetchPage = fetchPage;
  }

  /** A file of a bundle; the very first request waits for the first index. */
  async file(path: string): Promise<Uint8Array | undefined> {
    return (this.#latest ?? (await this.#files))?.get(path);
  }

  /** Takes in the pages at these addresses anew, one run after another. */
  follow(addresses: readonly string[], content: Content): void {
    for (const address of addresses) this.#waiting.add(address);
    const before: Promise<unknown> = this.#files ?? Promise.resolve();
    // What has failed before keeps none from coming after it.
    this.#files = before.catch(() => undefined).then(() => this.#index(content));
    this.#files.catch((error: unknown) => console.error(error));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #index(content: Content): Promise<Indexed> {
    const addresses = [...this.#waiting];
    this.#waiting.clear();
    if (addresses.length === 0 && this.#latest) return this.#latest;
    try {
      const pages: ToIndex['pages'] = [];
      for (const address of addresses) pages.push([address, await this.#fetchPage(address)]);
      this.#latest = await this.#ask({ pages, vocabulary: vocabularyOf(content) });
      return this.#latest;
    } catch (error) {
      for (const address of addresses) this.#waiting.add(address);
      throw error;
    }
  }

  #ask(message: ToIndex): Promise<Indexed> {
    const worker = (this.#worker ??= new Worker(new URL('./search-worker.ts', import.meta.url)));
    return new Promise((resolve, reject) => {
      worker.once('message', (answer: Indexed | Error) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
      worker.postMessage(message);
    });
  }
}
