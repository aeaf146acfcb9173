import { counted } from '../../src/i18n/counted.ts';
import { readContent } from '../lib/content.ts';
import { isFolder } from '../lib/folder.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, type Diagnosis } from './diagnosis.ts';

/** Checks the content as a build would. */
export async function examineContent(settings: Settings): Promise<Diagnosis> {
  const { content } = settings;
  if (!isFolder(content))
    return error(
      'content',
      `there is no folder ${content}`,
      'begin an entry with npm run new, or set KB_CONTENT',
    );
  const { entries, findings } = await readContent(settings);
  const errors = findings.filter(({ level }) => level === 'error').length;
  return errors === 0
    ? ok('content', `${entries.length} entries`)
    : error('content', `a build would fail with ${counted(errors, 'error')}`, 'npm run check');
}
