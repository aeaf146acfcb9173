import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { listFolder, type Folder } from '../../src/markdown/folder.ts';
import { findSources } from '../../src/markdown/find-sources.ts';
import { entryCache, entryKey, readSourceText } from '../../src/markdown/sources.ts';
import type { Form } from '../../src/model/form.ts';
import { contentCache } from '../lib/content.ts';
import { reviewCache, reviewKey } from '../review/kept.ts';

/** A source that isn't completely in the caches. */
export interface Job {
  path: string;
  form: Form;
  /** Whether its text has to be reviewed, too. */
  isReviewed: boolean;
}

/** The data that a worker is started with. */
export interface Around {
  folder: Pick<Folder, 'root'>;
  cache: string;
}

/** Entries per worker: starting a worker takes as long as compiling about this many. */
const LEAST = 60;
/** The most workers: each holds the whole renderer in memory. */
const MOST_WORKERS = 8;
/** Jobs sent to a worker at a time: few enough that all workers end at about the same time. */
const BATCH = 10;

/**
 * Compiles and reviews the entries that are missing in the caches, on all cores, so that the next reader of the folder
 * finds them there. It reports nothing and may fail: whoever needs a missing entry makes it then.
 *
 * @param cache - the folder of all caches
 * @param isReviewed - tells which files are to be reviewed, too
 */
export async function warmCaches(
  root: string,
  cache: string,
  isReviewed: (file: string) => boolean = () => false,
): Promise<void> {
  const folder = listFolder(root);
  const jobs = missing(folder, cache, isReviewed);
  const workers = Math.min(availableParallelism(), MOST_WORKERS, Math.floor(jobs.length / LEAST));
  if (workers < 2) return;
  const around: Around = { folder: { root }, cache };
  await Promise.all(Array.from({ length: workers }, () => workOff(jobs, around)));
}

function missing(folder: Folder, cache: string, isReviewed: (file: string) => boolean): Job[] {
  const entries = entryCache(contentCache(cache));
  const reviews = reviewCache(cache);
  return findSources(folder, () => undefined).flatMap(({ path, form }): Job[] => {
    const text = readSourceText(folder, path);
    if (text === undefined) return [];
    const isMissing = isReviewed(folder.shown(path)) && !reviews.has(reviewKey(text, form));
    return isMissing || !entries.has(entryKey(text, form)) ? [{ path, form, isReviewed: isMissing }] : [];
  });
}

/** Sends jobs to one worker until none are left. If the worker crashes, the others do the rest. */
function workOff(jobs: Job[], around: Around): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./warm-worker.ts', import.meta.url), {
      workerData: around,
    });
    // The worker sends a message when it has started, and after each batch.
    worker.on('message', () => {
      const batch = jobs.splice(0, BATCH);
      worker.postMessage(batch.length > 0 ? batch : undefined);
    });
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      resolve();
    });
  });
}
