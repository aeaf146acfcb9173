import type { Entry } from '../../src/markdown/content.ts';
import { editFile } from '../lib/replace.ts';
import { fixCopy, type FixedCopy } from './copy/copy.ts';

const WHAT: Record<keyof FixedCopy['changes'], string> = {
  spacing: '补空格',
  space: '删空格',
  punctuation: '换标点',
  width: '全角变半角',
  invisible: '删看不见的字符',
};

/**
 * Makes the safe corrections in the sources. Each file is written atomically.
 *
 * @returns one line for each file that was changed
 */
export function fixEntries(entries: readonly Pick<Entry, 'file' | 'form'>[]): string[] {
  return entries.flatMap(({ file, form }) => {
    let changes: FixedCopy['changes'] = {};
    const isChanged = editFile(file, (text) => {
      const fixed = fixCopy(text, form);
      changes = fixed.changes;
      return fixed.source;
    });
    if (!isChanged) return [];
    const counts = Object.entries(WHAT)
      .map(([kind, what]) => [what, changes[kind as keyof typeof WHAT] ?? 0] as const)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${what} ${count} 处`);
    return [`改了 ${file}：${counts.join('，')}`];
  });
}
