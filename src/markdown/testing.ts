import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import type { Content } from './content.ts';
import { loadContent, type LoadOptions } from './load.ts';

/** For tests of this folder and of what builds on it: content folders of a few files, gone when the test is over. */
export interface TinyFolder {
  /** Absolute path of the content folder. */
  root: string;
  /** Holds the content folder and the cache, and whatever a test puts beside them. */
  around: string;
  load: (options?: Partial<LoadOptions>) => Promise<Content>;
}

/** Lays a content folder out (path → content), and loads it when asked. */
export function tinyFolder(files: Record<string, string | Uint8Array>): TinyFolder {
  const around = temporaryFolder();
  const root = join(around, 'content');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const usual: LoadOptions = {
    root,
    cache: join(around, 'cache'),
    date: '2026-11-22',
    drafts: false,
    base: '',
  };
  return { root, around, load: (options) => loadContent({ ...usual, ...options }) };
}

/** An entry of a form with the least front matter; `more` adds lines to it. The body begins on line 5 + `more`'s lines. */
export function noteText(body = '', more = ''): string {
  return `---\ntitle: 一则\ndate: 2026-11-01\n${more}---\n${body}\n`;
}

/** A person with the least front matter; `more` adds lines to it. */
export function personText(name: string, more = ''): string {
  return `---\nname: ${name}\nrole: 运营\njoined: 2026-01-01\n${more}---\n介绍。\n`;
}

/** Findings as short as a test can compare them: `notes/a.mdx:6 broken-link`. All of them, in order. */
export function rulesOf({ findings }: Content): string[] {
  return findings.map(({ file, line, rule }) => `${file.replace(/^.*\/content\//, '')}:${line} ${rule}`);
}
