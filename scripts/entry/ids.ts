import { existsSync } from 'node:fs';
import type { Content } from '../../src/markdown/content.ts';
import { readContent } from '../lib/content.ts';
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
export async function contentSoFar(settings: Settings): Promise<Pick<Content, 'people' | 'entries'>> {
  if (!existsSync(settings.content)) return { people: new Map(), entries: [] };
  return readContent(settings, { drafts: true });
}
