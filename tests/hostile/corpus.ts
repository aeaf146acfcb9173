import { addresses } from './addresses.ts';
import type { Corpus, Hostile } from './case.ts';
import { files } from './files.ts';
import { frontMatter } from './front-matter.ts';
import { markup } from './markup.ts';
import { size } from './size.ts';
import { texts } from './texts.ts';
import { noteOf } from '../lib/tiny.ts';

/** All attacks. */
export const corpus: Corpus = { ...markup, ...addresses, ...frontMatter, ...files, ...texts, ...size };

/** Returns the path of a case's note below the content folder. */
export function pathOf(name: string, { files = {}, links = {} }: Hostile): string {
  const hasFolder = [...Object.keys(files), ...Object.keys(links)].some((file) => !file.startsWith('/'));
  return hasFolder ? `notes/${name}/index.mdx` : `notes/${name}.mdx`;
}

/** Returns the files of a case by path below the content folder. */
export function filesOf(name: string, hostile: Hostile): Record<string, string | Uint8Array> {
  const { body, more = '', source, files = {} } = hostile;
  // With a blank line above the body, as writers leave one.
  const text = source ?? (body === undefined ? undefined : noteOf({ title: name, more, body: `\n${body}` }));
  return {
    ...(text === undefined ? {} : { [pathOf(name, hostile)]: text }),
    ...Object.fromEntries(
      Object.entries(files).map(([file, content]) => [
        file.startsWith('/') ? file.slice(1) : `notes/${name}/${file}`,
        content,
      ]),
    ),
  };
}
