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
 * Writes a file atomically: a kill leaves the old text or the new one, never half of either. Keeps the file's mode, and
 * a link that leads to it.
 */
export function replaceFile(path: string, text: string): void {
  const file = existsSync(path) ? realpathSync(path) : path;
  // Staged beside the file, so that the rename stays within one file system. The leading dot keeps it out of the
  // content.
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
 * Edits the text of a file, written as by {@link replaceFile}. A byte order mark is kept and not passed to `edit`.
 *
 * @returns whether the text has changed
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

/** Writes a YAML file as {@link replaceFile} does. Keeps the line ends that the file had. */
export function replaceYaml(path: string, document: Document): void {
  const text = document.toString({ flowCollectionPadding: false, lineWidth: 0 });
  const isOfWindows = existsSync(path) && readFileSync(path, 'utf8').includes('\r\n');
  replaceFile(path, isOfWindows ? text.replaceAll('\n', '\r\n') : text);
}
