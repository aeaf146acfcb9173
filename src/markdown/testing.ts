import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import type { Content } from './content.ts';
import { loadContent, type LoadOptions } from './load.ts';

/** A content folder of a few files, for tests of this folder and of what builds on it. It is deleted after the test. */
export interface TinyFolder {
  /** Absolute path of the content folder. */
  root: string;
  /** The folder that contains the content folder, the cache, and whatever a test adds. */
  around: string;
  load: (options?: Partial<LoadOptions>) => Promise<Content>;
}

/** Creates a content folder (path → content), and loads it on request. */
export function tinyFolder(files: Record<string, string | Uint8Array>): TinyFolder {
  const around = temporaryFolder();
  const root = join(around, 'content');
  mkdirSync(root);
  writeFiles(root, files);
  const usual: LoadOptions = {
    root,
    cache: join(around, 'cache'),
    date: '2026-11-22',
    drafts: false,
    base: '',
  };
  return { root, around, load: (options) => loadContent({ ...usual, ...options }) };
}

/** Returns all findings in order, in a short form for comparisons: `notes/a.mdx:6 broken-link`. */
export function rulesOf({ findings }: Content): string[] {
  return findings.map(({ file, line, rule }) => `${file.replace(/^.*\/content\//, '')}:${line} ${rule}`);
}
