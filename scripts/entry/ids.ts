import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent } from '../../src/markdown/load.ts';
import type { Settings } from '../lib/settings.ts';
import type { Values } from './values.ts';

/** Whether a field of front matter names people. */
export function isOfPeople(path: string): boolean {
  return /^(?:speakers|asked_by|people\.\w+)$/.test(path);
}

/** Replaces the names of people in front matter by their ids. A name that is not known stays as typed. */
export function withIds(values: Values, idOf: (name: string) => string | undefined): Values {
  const idFor = (name: string) => idOf(name) ?? name;
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => {
      if (!isOfPeople(path)) return [path, value];
      if (Array.isArray(value)) return [path, value.map(idFor)];
      return [path, typeof value === 'string' ? idFor(value) : value];
    }),
  );
}

/** Loads the existing content, drafts included; empty if there is no content folder yet. */
export async function contentSoFar({
  content: root,
  cache,
  date,
  base,
}: Settings): Promise<Pick<Content, 'people' | 'entries'>> {
  if (!existsSync(root)) return { people: new Map(), entries: [] };
  return loadContent({ root, cache: join(cache, 'content'), date, drafts: true, base });
}
