import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMS, type Form } from '../model/form.ts';
import { compile, type Compiled } from './compile.ts';

const content = join(import.meta.dirname, '../../content');

/** Compiles a source; without the place of the preview's end, which counts the characters of the source. */
function shown(source: string, form: Form): Compiled {
  const { preview, ...rest } = compile(source, form);
  return { ...rest, ...(preview && { preview: { ...preview, end: 0 } }) };
}

test.each(FORMS)('%s are the same with the line ends of Windows', (form) => {
  const files = globSync(`${form}/**/*.mdx`, { cwd: content });
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = readFileSync(join(content, file), 'utf8');
    expect(shown(text.replaceAll('\n', '\r\n'), form), file).toEqual(shown(text, form));
  }
});

test('a line break between Chinese characters is no space, whatever its line end', () => {
  const text =
    '---\ntitle: 一则\ndate: 2026-11-22\n---\n\n换行只是为了\n好写，**粗\n体**\n也是。\nEnglish\nwords\n';
  for (const source of [text, text.replaceAll('\n', '\r\n')])
    expect(shown(source, 'notes').body?.text).toBe('换行只是为了好写，粗体也是。\nEnglish\nwords');
});
