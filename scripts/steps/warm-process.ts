import { parseSource, type Parsed } from '../../src/markdown/compile.ts';
import { compileOnce, entryCache, readSourceText } from '../../src/markdown/sources.ts';
import { contentCache } from '../lib/content.ts';
import { reviewCache } from '../review/kept.ts';
import { reviewText } from '../review/review.ts';
import type { Job } from './warm.ts';

// Started by warm.ts, and ends when that disconnects.
const [root = '', cache = ''] = process.argv.slice(2);
const entries = entryCache(contentCache(cache));
const reviews = reviewCache(cache);

process.on('message', (batch: Job[]) => {
  batch.forEach(fill);
  process.send!('next');
});
process.send!('next');

/** Parses a source once, for both the review and the compilation. */
function fill({ path, form, isReviewed }: Job): void {
  const text = readSourceText({ root }, path);
  if (text === undefined) return;
  let parsed: Parsed | undefined;
  const parse = () => (parsed ??= parseSource(text, form));
  // Compiling changes the tree, so it comes last.
  if (isReviewed) reviewText(text, form, reviews, parse);
  compileOnce(text, form, entries, parse);
}
