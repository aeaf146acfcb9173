import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBrowserHalf } from '../../src/search/bundle/browser-half.ts';
import { listFiles } from '../lib/folder.ts';
import { projectRoot } from '../lib/settings.ts';
import { Said } from './names.ts';
import { readingsOf } from './readings.ts';

/** What pages may say that isn't content. */
export interface OwnTexts {
  /** The texts of our source files that strangers may read, for a search for passages. */
  public: string;
  /** The operator's pages, which only members read. */
  ofMembers: readonly { file: string; source: string }[];
  /** The same texts, for a search for names: those that strangers may read, and all of them. */
  saidToStrangers: Said;
  said: Said;
  /** What the code of other packages says that pages run: only a script may say it. Read when it is asked for. */
  packages: () => Promise<Said>;
}

/** The packages whose code is in our scripts, and the folder of each that has it. */
const bundled = ['photoswipe/dist', 'uqr/dist'];

/** Reads our own source files, without the comments. */
export function readOwnTexts(): OwnTexts {
  const sources = join(projectRoot, 'src');
  const files = listFiles(sources).filter(
    (file) => /\.(?:astro|mdx|ts|css)$/.test(file) && !file.endsWith('.test.ts'),
  );
  const comments = /\/\*[^]*?\*\/|^\s*\/\/.*$|<!--[^]*?-->/gm;
  const read = (file: string) => readFileSync(join(sources, file), 'utf8').replace(comments, '');
  // The operator's pages are MDX, and only members read them.
  const isOperators = (file: string) => file.endsWith('.mdx');
  const open = files
    .filter((file) => !isOperators(file))
    .map(read)
    .join('\n');
  const ofMembers = files.filter(isOperators).map((file) => ({ file: `src/${file}`, source: read(file) }));
  return {
    public: open,
    ofMembers,
    saidToStrangers: new Said([open]),
    said: new Said([open, ...ofMembers.map(({ source }) => source)]),
    packages: () => (packages ??= readPackages()),
  };
}

let packages: Promise<Said> | undefined;

async function readPackages(): Promise<Said> {
  const texts = bundled.flatMap((name) => {
    const folder = join(projectRoot, 'node_modules', name);
    const files = listFiles(folder).filter((file) => /\.(?:m?js|css)$/.test(file));
    return files.map((file) => readFileSync(join(folder, file), 'utf8'));
  });
  // Pagefind's code comes with every index, also an empty one.
  const { files } = await readBrowserHalf();
  const search = [...files.values()].flatMap((bytes) => [...readingsOf(bytes, 'text')]);
  return new Said([...texts, ...search]);
}
