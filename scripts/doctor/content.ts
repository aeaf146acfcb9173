import { join } from 'node:path';
import { counted } from '../../src/i18n/counted.ts';
import { loadContent } from '../../src/markdown/load.ts';
import { isFolder } from '../lib/folder.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, type Diagnosis } from './finding.ts';

/** Checks the content as a build would. */
export async function examineContent({ content, cache, date, base }: Settings): Promise<Diagnosis> {
  if (!isFolder(content))
    return error(
      'content',
      `there is no folder ${content}`,
      'begin an entry with npm run new, or set KB_CONTENT',
    );
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
    : error('content', `a build would fail with ${counted(errors, 'error')}`, 'npm run check');
}
