import { counted } from '../../src/i18n/counted.ts';
import { assertCommunity } from '../lib/community.ts';
import { readContent } from '../lib/content.ts';
import { isFolder } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, type Diagnosis } from './diagnosis.ts';

/** Checks the community's settings; says nothing if they are right. */
export function examineCommunity(settings?: unknown): Diagnosis[] {
  try {
    assertCommunity(settings);
    return [];
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    const [first = ''] = cause.message.split('\n');
    return [error('community', first, 'correct that line')];
  }
}

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
