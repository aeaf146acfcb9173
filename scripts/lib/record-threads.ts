import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  recordMaker,
  sealKeyStore,
  type Bytes,
  type KeyStoreInput,
  type RecordContext,
  type RecordMaker,
  type SealedFile,
} from '../../src/vault/index.ts';
import { nodePrimitives } from './primitives.ts';

/** The number of members from which on threads save more time than they take to start. */
const worthThreads = 3_000;

/** An order to a thread: records for these sources, or a range of decoy ids. */
export type Order = { sources: Parameters<RecordMaker['records']>[0] } | { first: number; count: number };

/**
 * As {@link sealKeyStore}, but as fast as this machine can: with Node's own crypto, and for many members on all cores.
 */
export async function sealKeyStoreFast(
  input: KeyStoreInput,
  threads = input.members.length < worthThreads ? 1 : availableParallelism(),
): Promise<SealedFile[]> {
  if (threads === 1) return sealKeyStore(input, (context) => recordMaker(context, nodePrimitives));
  const workers: Worker[] = [];
  try {
    return await sealKeyStore(input, (context) => {
      for (let i = 0; i < threads; i++) workers.push(threadOf(context));
      return spreadOver(workers);
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function threadOf(workerData: RecordContext): Worker {
  return new Worker(new URL('./record-thread.ts', import.meta.url), { workerData });
}

/** Returns a maker that splits each order evenly among the threads. */
function spreadOver(workers: Worker[]): RecordMaker {
  const make = async (total: number, orderOf: (from: number, to: number) => Order): Promise<Bytes[]> => {
    const parts = workers.map((worker, i) => {
      const [from, to] = [i, i + 1].map((part) => Math.floor((total * part) / workers.length));
      return askOf(worker, orderOf(from!, to!));
    });
    return (await Promise.all(parts)).flat();
  };
  return {
    records: (sources) => make(sources.length, (from, to) => ({ sources: sources.slice(from, to) })),
    decoyIds: (first, count) => make(count, (from, to) => ({ first: first + from, count: to - from })),
  };
}

async function askOf(worker: Worker, order: Order): Promise<Bytes[]> {
  const answer = once(worker, 'message') as Promise<[Bytes[]]>;
  worker.postMessage(order);
  return (await answer)[0];
}
