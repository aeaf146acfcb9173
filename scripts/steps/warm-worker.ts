import { parentPort, workerData } from 'node:worker_threads';
import { parseSource, type Parsed } from '../../src/markdown/compile.ts';
import { compileOnce, entryCache, readSourceText } from '../../src/markdown/sources.ts';
import { contentCache } from '../lib/content.ts';
import { reviewCache } from '../review/kept.ts';
import { reviewText } from '../review/review.ts';
import type { Around, Job } from './warm.ts';

const { folder, cache } = workerData as Around;
const entries = entryCache(contentCache(cache));
const reviews = reviewCache(cache);
const port = parentPort!;

port.on('message', (batch: Job[] | undefined) => {
  if (!batch) {
    port.close();
    return;
  }
  batch.forEach(fill);
  port.postMessage('next');
});
port.postMessage('next');

/** Parses a source once, for both the review and the compilation. */
function fill({ path, form, isReviewed }: Job): void {
  const text = readSourceText(folder, path);
  if (text === undefined) return;
  let parsed: Parsed | undefined;
  const parse = () => (parsed ??= parseSource(text, form));
  // Compiling changes the tree, so it comes last.
  if (isReviewed) reviewText(text, form, reviews, parse);
  compileOnce(text, form, entries, parse);
}
