import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Input } from './inputs.ts';
import type { Around, Verdict } from './trial.ts';

/** Timeout in milliseconds. Only an input that hangs takes this long; others take milliseconds. */
const PATIENCE = 20_000;

/** Tries inputs in a worker thread, so that one that hangs, or uses up all memory, is detected and stopped. */
export class Bench {
  readonly #around: Around;
  #worker: Worker | undefined;

  constructor(around: Around) {
    this.#around = around;
  }

  async judge(input: Input, patience = PATIENCE): Promise<Verdict> {
    const worker = (this.#worker ??= new Worker(new URL('./trial.ts', import.meta.url), {
      workerData: this.#around,
    }));
    worker.postMessage(input);
    const ended = new AbortController();
    const verdict = await Promise.race([
      once(worker, 'message', ended).then(([answer]) => answer as Verdict),
      setTimeout(patience, fault(`hangs: no answer in ${patience / 1000} s`), ended),
    ]).catch((error: unknown) => fault(`crashes: ${String(error)}`));
    ended.abort();
    if (verdict.fault !== undefined) await this.close();
    return verdict;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function fault(what: string): Verdict {
  return { fault: what, isRendered: false };
}
