import { Worker } from 'node:worker_threads';
import type { Content } from '../markdown/content.ts';
import { vocabularyOf, type Vocabulary } from '../search/bundle/vocabulary.ts';

/** A message to the worker: the changed pages, with `undefined` as HTML for removed ones. */
export interface ToIndex {
  pages: [address: string, html: string | undefined][];
  vocabulary: Vocabulary;
}

/** The worker's reply: the files of all bundles, by their path below `/pagefind/`. */
export type Indexed = Map<string, Uint8Array>;

/** The preview's search: reads pages as they are served, and indexes them in a worker thread. */
export class LiveSearch {
  readonly #fetchPage: (address: string) => Promise<string | undefined>;
  readonly #waiting = new Set<string>();
  #worker: Worker | undefined;
  #files: Promise<Indexed> | undefined;
  #latest: Indexed | undefined;

  /** @param fetchPage - returns the page at an address as it is served now; undefined when there is none */
  constructor(fetchPage: (address: string) => Promise<string | undefined>) {
    this.#fetchPage = fetchPage;
  }

  /** Returns a file of a bundle from the latest index; before the first one is ready, waits for it. */
  async file(path: string): Promise<Uint8Array | undefined> {
    return (this.#latest ?? (await this.#files))?.get(path);
  }

  /**
   * Reindexes the pages at these addresses, after any indexing under way. Returns whether it succeeded; a failure is
   * logged.
   */
  follow(addresses: readonly string[], content: Content): Promise<boolean> {
    for (const address of addresses) this.#waiting.add(address);
    const before: Promise<unknown> = this.#files ?? Promise.resolve();
    // Go on even if the previous indexing failed.
    this.#files = before.catch(() => undefined).then(() => this.#index(content));
    return this.#files.then(
      () => true,
      (error: unknown) => {
        console.error(error);
        return false;
      },
    );
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
