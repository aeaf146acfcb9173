import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../lib/folder.ts';
import { projectRoot } from '../lib/settings.ts';
import { Said } from './names.ts';

/** What pages may say that isn't content. */
export interface OwnTexts {
  /** The texts of all our source files. */
  said: Said;
  /** The same texts, for a search for passages: those that strangers may read, and those of the operator's pages. */
  public: string;
  ofMembers: string;
}

/** Reads our own source files, without the comments. */
export function readOwnTexts(): OwnTexts {
  const sources = join(projectRoot, 'src');
  const files = listFiles(sources).filter(
    (file) => /\.(?:astro|mdx|ts)$/.test(file) && !file.endsWith('.test.ts'),
  );
  const comments = /\/\*[^]*?\*\/|^\s*\/\/.*$|<!--[^]*?-->/gm;
  const read = (file: string) => readFileSync(join(sources, file), 'utf8').replace(comments, '');
  const textOf = (some: string[]) => some.map(read).join('\n');
  // The operator's pages are MDX, and only members read them.
  const isOperators = (file: string) => file.endsWith('.mdx');
  const own = {
    public: textOf(files.filter((file) => !isOperators(file))),
    ofMembers: textOf(files.filter(isOperators)),
  };
  return { ...own, said: new Said([own.public, own.ofMembers]) };
}
