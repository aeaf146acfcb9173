import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSite } from '../../scripts/lib/output.ts';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { run, testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { corpus, filesOf, pathOf } from './corpus.ts';

describe('each case is refused with file, line and rule, or has nothing to refuse', () => {
  test.each(Object.entries(corpus))('%s', async (name, hostile) => {
    const usual = { 'notes/usual.mdx': noteOf() };
    const { root, load } = tinyFolder({ ...usual, ...filesOf(name, hostile) });
    for (const [path, target] of Object.entries(hostile.links ?? {})) {
      const link = join(root, path.startsWith('/') ? path : `notes/${name}/${path}`);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(target, link);
    }
    const { findings, entries } = await load();
    const own = `${pathOf(name, hostile)}:`;
    const errors = findings
      .filter(({ level }) => level === 'error')
      .map(({ file, line, rule }) => `${file.slice(root.length + 1)}:${line} ${rule}`)
      .map((error) => (error.startsWith(own) ? error.slice(own.length) : error));
    expect(errors).toEqual(hostile.refused);
    // Valid entries stay: a bad file doesn't affect others.
    expect(entries.map(({ id }) => id)).toContain('notes/usual');
  });
});

test('a build of all refused cases names every place, and publishes nothing', async () => {
  // Without cases that need links, which this site can't have, or lists: there is one file of each list, so one case
  // would hide another.
  const refused = Object.entries(corpus).filter(
    ([, { refused, files = {}, links }]) =>
      refused.length > 0 && !links && !Object.keys(files).some((file) => file.endsWith('.yaml')),
  );
  const files = Object.assign({}, ...refused.map(([name, hostile]) => filesOf(name, hostile))) as Record<
    string,
    string
  >;
  const site = withContent(testSite('hostile'), files);
  const { code, output } = await run(site, 'build');
  expect(code).toBe(1);
  expect(isSite(site.out)).toBe(false);
  // No stack trace.
  expect(output).not.toMatch(/^\s+at /m);
  const missing = refused.flatMap(([name, hostile]) =>
    hostile.refused
      .map((error) => (/^\d/.test(error) ? `${pathOf(name, hostile)}:${error}` : error))
      .map((error) =>
        error
          .replace(/ [\w-]+$/, ':')
          .replace('\n', '\\u{a}')
          .replace('##[', '\\u{23}#[')
          .replace('\u001b', '\\u{1b}')
          .replace('\u202e', '\\u{202e}'),
      )
      .filter((place) => !output.includes(`/content/${place}`)),
  );
  expect(missing).toEqual([]);
});
