import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { components } from '../../src/markdown/components/all.ts';
import type { Content } from '../../src/markdown/load.ts';
import { FORMS } from '../../src/model/form.ts';
import { NOTE_KINDS } from '../../src/model/lists.ts';
import { sampleContent } from '../lib/sample.ts';

/** What writers see when they look for an example: each form has one that uses all that it offers. */
let content: Content;
const uses = (file: string, name: string) =>
  new RegExp(`^\\s*<${name}[\\s/>]`, 'm').test(readFileSync(join(projectRoot, file), 'utf8'));

beforeAll(async () => {
  content = await sampleContent('');
});

test.each(FORMS)('of %s one entry uses every component of its own', (form) => {
  const own = [...components.values()].filter(({ forms }) => forms !== 'all' && forms.includes(form));
  const entries = content.entries.filter((entry) => entry.form === form);
  expect(entries.some(({ file }) => own.every(({ name }) => uses(file, name)))).toBe(true);
});

test('every component for all forms is used somewhere', () => {
  const common = [...components.values()].filter(({ forms }) => forms === 'all').map(({ name }) => name);
  expect(common.filter((name) => !content.entries.some(({ file }) => uses(file, name)))).toEqual([]);
});

test('one entry of a form has all of the form’s own fields', () => {
  const has = (form: string, path: string) => (entry: Content['entries'][number]) =>
    entry.form === form &&
    path
      .split('.')
      .reduce<unknown>((data, key) => (data as Record<string, unknown> | undefined)?.[key], entry.data) !==
      undefined;
  const one = (form: string, ...paths: string[]) =>
    content.entries.some((entry) => paths.every((path) => has(form, path)(entry)));
  expect(one('talks', 'audio', 'duration', 'chapters.0')).toBe(true);
  expect(one('breakdowns', 'work.isbn', 'work.rating', 'work.url', 'work.cover')).toBe(true);
  expect(one('discussions', 'background')).toBe(true);
  expect(one('teardowns', 'case.company')).toBe(true);
  expect(one('people', 'titles.0', 'aliases.0')).toBe(true);
  const kinds = content.entries.flatMap((entry) => (entry.form === 'notes' ? [entry.data.kind] : []));
  expect(NOTE_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

test('newcomers have seven pieces to begin with, and someone to ask', () => {
  expect(content.start.picks).toHaveLength(7);
  expect(content.start.who.length).toBeGreaterThan(0);
});
