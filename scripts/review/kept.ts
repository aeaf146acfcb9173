import { join } from 'node:path';
import { Cache, digestOf } from '../../src/markdown/cache.ts';
import { rendererVersion, versionOf } from '../../src/markdown/version.ts';
import type { Form } from '../../src/model/form.ts';

// Not in review.ts, whose linter takes as long to load as everything else that a build needs from this folder.

/** Returns the cache of earlier findings, below the folder of all caches. */
export function reviewCache(folder: string): Cache {
  return new Cache(join(folder, 'review'));
}

/** Returns the cache key for a text's findings. It changes with the text and with the code that reviews it. */
export function reviewKey(text: string, form: Form): string {
  const version = versionOf('scripts/review', 'scripts/entry', '.zhlintrc');
  return `${digestOf(rendererVersion(), version, form, text).slice(0, 32)}.json`;
}
