import { expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { summarize } from './summary.ts';

test('a long list begins with the pages that anyone can read', async () => {
  const many = Array.from({ length: 120 }, (_, at) => [`notes/n${at}.mdx`, noteOf({ body: '字' })]);
  const { load } = tinyFolder({
    ...(Object.fromEntries(many) as Record<string, string>),
    'notes/opened.mdx': noteOf({ more: 'access: public\n', body: '字' }),
    'notes/part.mdx': noteOf({ body: '上面\n\n<Members />\n\n下面' }),
    'notes/told.mdx': noteOf({ more: 'teaser: true\n', body: '字' }),
  });
  const { entries } = await load();
  const changed = entries.map((entry) => ({ entry, isNew: entry.name.startsWith('n') }));
  const nothing = { gone: [], lists: [], tier: 'members', size: { files: 123, bytes: 0 }, findings: [] };
  const rows = summarize({ entries: changed, ...nothing }, undefined)
    .split('\n')
    .filter((line) => /^\| [新改]/.test(line));
  expect(rows).toHaveLength(100);
  expect(rows.slice(0, 3).map((row) => /notes\/(\w+)\//.exec(row)![1])).toEqual(['opened', 'part', 'told']);
});
