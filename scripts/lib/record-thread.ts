// Runs in a worker thread: makes the records that record-threads.ts asks for.
import { parentPort, workerData } from 'node:worker_threads';
import { recordMaker, type RecordContext } from '../../src/vault/index.ts';
import { nodePrimitives } from './primitives.ts';
import type { Order } from './record-threads.ts';

const maker = await recordMaker(workerData as RecordContext, nodePrimitives);

parentPort!.on('message', (order: Order) => {
  const work = 'sources' in order ? maker.records(order.sources) : maker.decoyIds(order.first, order.count);
  void work.then((made) => parentPort!.postMessage(made));
});
