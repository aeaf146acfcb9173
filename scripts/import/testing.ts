import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { rulesOf, tinyFolder } from '../../src/markdown/testing.ts';
import type { Form } from '../../src/model/form.ts';
import { readFields } from '../entry/arguments.ts';
import { withDefaults, writeEntry } from '../entry/write.ts';
import { importFile } from './file.ts';
import { writeMdx } from './mdx.ts';
import { knownPeople } from './names.ts';

export const TODAY = '2026-11-22';
/** The flags of a digest. */
export const digest = { title: '第 47 周', 'people.editor': 'linxia' };

const person = (name: string, more = '') =>
  `---\nname: ${name}\nrole: 社群\njoined: 2026-01-01\n${more}---\n`;
export const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

/** Imports a file into a folder that knows 林夏 (夏夏) and 陈一. Throws if the entry doesn't pass the check. */
export async function imported(
  file: string,
  form: Form,
  flags: Record<string, string> = {},
  who: string[] = [],
) {
  const folder = tinyFolder({
    'people/linxia.mdx': person('林夏', 'aliases: [夏夏]\n'),
    'people/chenyi.mdx': person('陈一'),
  });
  const known = knownPeople(await folder.load(), who);
  const given = readFields(form, undefined, flags, []);
  const made = await importFile({ file, form, known, given, today: TODAY });
  const where = { content: folder.root, cache: join(folder.around, 'cache'), date: TODAY, base: '' };
  const { file: written } = await writeEntry(where, {
    form,
    values: withDefaults(form, { ...made.values, ...given }, TODAY),
    name: 'x',
    body: writeMdx(made.body),
    files: made.files,
  });
  const content = await folder.load({ drafts: true });
  expect(rulesOf(content)).toEqual([]);
  const source = readFileSync(written, 'utf8');
  const entry = content.entries.find((one) => one.id === `${form}/x`)!;
  return { ...made, entry, body: source.slice(source.indexOf('\n---\n\n') + 6) };
}
