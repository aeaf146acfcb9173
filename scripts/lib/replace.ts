import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Document } from 'yaml';

/**
 * Replaces the text of a file, or makes one: a kill leaves the old text or the new one, never half of either. Who may
 * read it stays the same, and so does a link that leads to it.
 */
function replaceFile(path: string, text: string): void {
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

/**
 * Changes the text of a file as {@link replaceFile} does. A byte order mark is no text, and stays.
 *
 * @returns whether it says something else now
 */
export function editFile(path: string, edit: (text: string) => string): boolean {
  const read = readFileSync(path, 'utf8');
  const mark = read.startsWith('\ufeff') ? '\ufeff' : '';
  const text = read.slice(mark.length);
  const edited = edit(text);
  if (edited === text) return false;
  replaceFile(path, mark + edited);
  return true;
}

/** Replaces a file of YAML, or makes one, as {@link replaceFile} does. Lines go on ending as they did. */
export function replaceYaml(path: string, document: Document): void {
  const text = document.toString({ flowCollectionPadding: false, lineWidth: 0 });
  const isOfWindows = existsSync(path) && readFileSync(path, 'utf8').includes('\r\n');
  replaceFile(path, isOfWindows ? text.replaceAll('\n', '\r\n') : text);
}
