import { lstatSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Entry } from '../../src/markdown/content.ts';
import { LIST_FILES } from '../../src/markdown/lists.ts';
import { tiersOf } from '../../src/model/audience.ts';
import { compareFindings, type Finding } from '../../src/model/finding.ts';
import { readEverything } from '../lib/content.ts';
import type { Settings } from '../lib/settings.ts';
import type { Size } from '../lib/size.ts';
import { changesIn } from '../review/changed.ts';
import { reviewContent } from '../review/review.ts';
import { warmCaches } from '../steps/warm.ts';

/** The changes of a pull request to the content folder. */
export interface Survey {
  /** New entries, and entries with a changed file; newest first. */
  entries: { entry: Entry; isNew: boolean }[];
  /** Absolute paths of deleted sources. */
  gone: string[];
  /**
   * Absolute paths of the lists, such as `tiers.yaml`, that are new, changed or deleted. So is `.gitattributes`, by which
   * GitHub shows no differences in other files.
   */
  lists: string[];
  /** The highest tier. */
  tier: string;
  /** The number and total size of new and changed files. */
  size: Size;
  /** Findings in new and changed files, and errors in all files, as the change may have caused them. */
  findings: Finding[];
}

/**
 * Compares the content folder with the main branch, including drafts and future entries.
 *
 * @throws CommandError when it is in no Git repository
 */
export async function surveyContent(settings: Settings): Promise<Survey> {
  const { content: root, cache, date: today } = settings;
  await warmCaches(root, cache, () => true);
  const content = await readEverything(settings);
  const changes = changesIn(root).filter(({ path }) => path.startsWith(root + sep));
  const present = changes.filter(({ kind }) => kind !== 'gone');
  const findings = [...content.findings, ...reviewContent(content, { today, cache })];
  const isPresent = (file: string) => present.some(({ path }) => path === resolve(file));
  return {
    entries: content.entries
      .filter(({ file }) => changes.some(({ path }) => belongsTo(path, resolve(file))))
      .map((entry) => {
        const own = changes.find(({ path }) => path === resolve(entry.file));
        return { entry, isNew: own?.kind === 'new' };
      }),
    gone: changes
      .filter(({ kind, path }) => kind === 'gone' && path.endsWith('.mdx'))
      .map(({ path }) => path),
    lists: changes
      .map(({ path }) => path)
      .filter((path) => LIST_FILES.includes(relative(root, path)) || basename(path) === '.gitattributes'),
    tier: tiersOf(content.tiers).at(-1)!,
    size: {
      files: present.length,
      // Not `stat`: a link may be broken. The check reports links.
      bytes: present.reduce((sum, { path }) => sum + lstatSync(path).size, 0),
    },
    findings: findings
      .filter(({ file, level }) => level === 'error' || isPresent(file))
      .sort(compareFindings),
  };
}

/** Whether a file is an entry's source or is in its folder. */
function belongsTo(path: string, source: string): boolean {
  return path === source || (basename(source) === 'index.mdx' && path.startsWith(dirname(source) + sep));
}
