import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { listFolder, type Folder } from '../../src/markdown/folder.ts';
import { entryCache, entryKey, findSources, readEntry } from '../../src/markdown/sources.ts';
import type { Form } from '../../src/model/form.ts';
import { reviewCache, reviewKey } from '../review/kept.ts';

/** A source of which something is not in the caches yet. */
export interface Job {
  path: string;
  form: Form;
  /** Whether its text is to be reviewed, too. */
  isReviewed: boolean;
}

/** What a worker is started with. */
export interface Around {
  folder: Pick<Folder, 'root'>;
  cache: string;
}

/** Starting a worker takes as long as compiling about so many entries. */
const LEAST = 60;
/** Each worker holds all of the renderer in memory. */
const MOST_WORKERS = 8;
/** Handed to a worker at once: few enough that all end at about the same time. */
const BATCH = 10;

/**
 * Compiles and reviews the entries that the caches don't have, on all cores, so that whatever reads the folder next
 * finds them there. It reports nothing and needs not succeed: what is missing afterwards is made by whoever needs it.
 *
 * @param cache - the folder for all caches
 * @param isReviewed - of which files the review is wanted, too
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
  const entries = entryCache(join(cache, 'content'));
  const reviews = reviewCache(cache);
  return findSources(folder, () => undefined).flatMap(({ path, form }): Job[] => {
    const text = readEntry(folder, path);
    if (text === undefined) return [];
    const isMissing = isReviewed(folder.shown(path)) && !reviews.has(reviewKey(text, form));
    return isMissing || !entries.has(entryKey(text, form)) ? [{ path, form, isReviewed: isMissing }] : [];
  });
}

/** Hands jobs to a worker of its own until there are none; one that breaks down leaves the rest to others. */
function workOff(jobs: Job[], around: Around): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./warm-worker.ts', import.meta.url), {
      workerData: around,
    });
    // It asks when it has started, and after each batch.
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
