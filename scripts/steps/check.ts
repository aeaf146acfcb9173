import { formatFinding } from '../../src/model/finding.ts';
import type { Content } from '../../src/markdown/content.ts';
import { assertCommunity } from '../lib/community.ts';
import { readContent } from '../lib/content.ts';
import { isFolder } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { warmCaches } from './warm.ts';

/**
 * Checks the community's settings, then reads and checks all content. Warnings are printed and don't stop the build.
 *
 * @param stubs - the stubs of a folder that was projected for an audience, see {@link loadContent}
 * @throws CommandError listing every error with file and line
 */
export async function checkContent(settings: Settings, stubs?: string): Promise<Content> {
  assertCommunity();
  assertContent(settings);
  await warmCaches(settings.content, settings.cache);
  const content = await readContent(settings, { stubs });
  const errors = content.findings.filter(({ level }) => level === 'error');
  for (const finding of content.findings) {
    if (finding.level === 'warning') console.warn(formatFinding(finding));
  }
  if (errors.length > 0) {
    throw new CommandError(
      [...errors.map(formatFinding), `${errors.length} 处错误，没有发布任何东西。`].join('\n'),
    );
  }
  return content;
}

/** @throws CommandError when there is no content folder */
export function assertContent({ content }: Pick<Settings, 'content'>): void {
  if (isFolder(content)) return;
  throw new CommandError(`KB_CONTENT: there is no folder ${content}`);
}
