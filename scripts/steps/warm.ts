import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { listFolder, type Folder } from '../../src/markdown/folder.ts';
import { findSources } from '../../src/markdown/find-sources.ts';
import { entryCache, entryKey, readSourceText } from '../../src/markdown/sources.ts';
import type { Form } from '../../src/model/form.ts';
import { contentCache } from '../lib/content.ts';
import { inheritedEnvironment } from '../lib/environment.ts';
import { reviewCache, reviewKey } from '../review/kept.ts';

/** A source that isn't completely in the caches. */
export interface Job {
  path: string;
  form: Form;
  /** Whether its text has to be reviewed, too. */
  isReviewed: boolean;
}

/** Entries per process: starting one takes as long as compiling about this many. */
const LEAST = 60;
/** The most processes: each holds the whole renderer in memory. */
const MOST_PROCESSES = 8;
/** Jobs sent to a process at a time: few enough that all processes end at about the same time. */
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
  const processes = Math.min(availableParallelism(), MOST_PROCESSES, Math.floor(jobs.length / LEAST));
  if (processes < 2) return;
  await Promise.all(Array.from({ length: processes }, () => workOff(jobs, root, cache)));
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

/**
 * Sends jobs to one process until none are left. If it crashes, the others do the rest. Threads would leave their memory
 * to this process, which holds it until the site is built.
 */
function workOff(jobs: Job[], root: string, cache: string): Promise<void> {
  return new Promise((resolve) => {
    const worker = fork(fileURLToPath(new URL('./warm-process.ts', import.meta.url)), [root, cache], {
      env: inheritedEnvironment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    // It sends a message when it has started, and after each batch.
    worker.on('message', () => {
      const batch = jobs.splice(0, BATCH);
      if (batch.length > 0) worker.send(batch);
      else worker.disconnect();
    });
    worker.on('error', () => {
      resolve();
    });
    worker.on('exit', () => {
      resolve();
    });
  });
}
