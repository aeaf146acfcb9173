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

/** The worker has died. */
class StoppedError extends Error {}

/**
 * The preview's search: reads pages as they are served, and indexes them in a worker thread. If the worker dies, another
 * one starts.
 */
export class LiveSearch {
  readonly #fetchPage: (address: string) => Promise<string | undefined>;
  readonly #waiting = new Set<string>();
  /** The addresses of all pages that the worker has. */
  readonly #sent = new Set<string>();
  #worker: Worker | undefined;
  #files: Promise<Indexed> | undefined;
  #latest: Indexed | undefined;
  #isClosed = false;

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
    this.#files = before.catch(() => undefined).then(() => this.#indexAgain(content));
    return this.#files.then(
      () => true,
      (error: unknown) => {
        console.error(error instanceof StoppedError ? error.message : error);
        return false;
      },
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** Indexes, and does it once more with a new worker if the worker dies. */
  async #indexAgain(content: Content): Promise<Indexed> {
    try {
      return await this.#index(content);
    } catch (error) {
      if (!(error instanceof StoppedError) || this.#isClosed) throw error;
      return this.#index(content);
    }
  }

  async #index(content: Content): Promise<Indexed> {
    const addresses = [...this.#waiting];
    this.#waiting.clear();
    if (addresses.length === 0 && this.#latest) return this.#latest;
    try {
      const pages: ToIndex['pages'] = [];
      for (const address of addresses) pages.push([address, await this.#fetchPage(address)]);
      for (const address of addresses) this.#sent.add(address);
      this.#latest = await this.#ask({ pages, vocabulary: vocabularyOf(content) });
      return this.#latest;
    } catch (error) {
      for (const address of addresses) this.#waiting.add(address);
      throw error;
    }
  }

  /** @throws StoppedError when the worker dies before it replies */
  #ask(message: ToIndex): Promise<Indexed> {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new StoppedError('搜索没有更新，下次改动时再试'));
      worker.once('exit', onExit);
      worker.once('message', (answer: Indexed | Error) => {
        worker.off('exit', onExit);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url));
    let reason = '';
    // Nobody listening, an error would end the whole preview.
    worker.once('error', (error: unknown) => {
      reason = `（${error instanceof Error ? error.message : String(error)}）`;
    });
    worker.once('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const address of this.#sent) this.#waiting.add(address);
      this.#sent.clear();
      console.error(`预览里的搜索停了${reason}，重新启动`);
    });
    return worker;
  }
}
