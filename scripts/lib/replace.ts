import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces the text of a file, or makes one: a kill leaves the old text or the new one, never half of either. Who may
 * read it stays the same, and so does a link that leads to it.
 */
export function replaceFile(path: string, text: string): void {
  const file = existsSync(path) ? realpathSync(path) : path;
  // Beside it, so that the rename stays within one file system; a leading dot keeps it out of the content.
  const staged = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    writeFileSync(staged, text, { flag: 'wx' });
    const before = statSync(file, { throwIfNoEntry: false });
    if (before) chmodSync(staged, before.mode);
    renameSync(staged, file);
  } finally {
    rmSync(staged, { force: true });
  }
}
