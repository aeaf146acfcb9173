import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { components } from '../../src/markdown/components/all.ts';
import type { Content } from '../../src/markdown/content.ts';
import { base } from '../../src/model/fields.ts';
import { fieldsOf, type Field } from '../../src/model/form-fields.ts';
import { FORMS } from '../../src/model/form.ts';
import { NOTE_KINDS } from '../../src/model/lists.ts';
import { sampleContent } from '../lib/sample.ts';

/** The content that writers look at for examples: each form has an entry that uses all it offers. */
let content: Content;
const uses = (file: string, name: string) =>
  new RegExp(`^\\s*<${name}[\\s/>]`, 'm').test(readFileSync(join(projectRoot, file), 'utf8'));

beforeAll(async () => {
  content = await sampleContent('');
});

test.each(FORMS)('one entry of %s uses every component of that form', (form) => {
  const own = [...components.values()].filter(({ forms }) => forms !== 'all' && forms.includes(form));
  const entries = content.entries.filter((entry) => entry.form === form);
  expect(entries.some(({ file }) => own.every(({ name }) => uses(file, name)))).toBe(true);
});

test('every component for all forms is used somewhere', () => {
  const common = [...components.values()].filter(({ forms }) => forms === 'all').map(({ name }) => name);
  expect(common.filter((name) => !content.entries.some(({ file }) => uses(file, name)))).toEqual([]);
});

/** Whether a field belongs to all forms except people, such as `title`. */
const isShared = ({ path }: Field) => Object.keys(base).includes(path.replace(/\..*/, ''));

/** Whether a field of an entry, such as `work.year`, is filled in. Defaults of the model don't count. */
function isFilled({ data }: Content['entries'][number], path: string): boolean {
  const value = path
    .split('.')
    .reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], data);
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

test.each(FORMS)('one entry of %s has every field of that form', (form) => {
  const own = fieldsOf(form).filter((field) => !isShared(field));
  const missing = content.entries
    .filter((entry) => entry.form === form)
    .map((entry) => own.filter(({ path }) => !isFilled(entry, path)).map(({ path }) => path));
  expect(missing.sort((a, b) => a.length - b.length)[0]).toEqual([]);
});

test('every field that forms share is used somewhere, except for draft and tier', () => {
  const shared = fieldsOf('talks').filter(isShared);
  const unused = shared.filter(({ path }) => !content.entries.some((entry) => isFilled(entry, path)));
  expect(unused.map(({ path }) => path)).toEqual(['tier', 'draft']);
});

test('there is a note of each kind', () => {
  const kinds = content.entries.flatMap((entry) => (entry.form === 'notes' ? [entry.data.kind] : []));
  expect(NOTE_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

test('newcomers have seven pieces to begin with, and someone to ask', () => {
  expect(content.start.picks).toHaveLength(7);
  expect(content.start.who.length).toBeGreaterThan(0);
});
