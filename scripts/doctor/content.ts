import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../../src/markdown/load.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, type Diagnosis } from './finding.ts';

/** Looks at the content as a build would. */
export async function examineContent({ content, cache, date, base }: Settings): Promise<Diagnosis> {
  if (!existsSync(content)) return error('content', `there is no folder ${content}`, 'set KB_CONTENT');
  const { entries, findings } = await loadContent({
    root: content,
    cache: join(cache, 'content'),
    date,
    drafts: false,
    base,
  });
  const errors = findings.filter(({ level }) => level === 'error').length;
  return errors === 0
    ? ok('content', `${entries.length} entries`)
    : error('content', `${errors} errors stop the build`, 'npm run check');
}
