import { join } from 'node:path';
import { Cache, digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import type { Form } from '../../src/model/form.ts';

// Apart from the review, whose linter takes as long to load as all that a build needs of this folder.

/** What was found before; below the folder for all caches. */
export function reviewCache(folder: string): Cache {
  return new Cache(join(folder, 'review'));
}

/** The name of what was found in a text; another one as soon as what looks for it has changed. */
export function reviewKey(text: string, form: Form): string {
  const version = versionOf('scripts/review', '.zhlintrc', 'src/markdown', 'src/model');
  return `${digestOf(version, form, text).slice(0, 32)}.json`;
}
