import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Memory } from './load.ts';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

test('an entry is reused until something that it refers to changes, and is never stale', async () => {
  const folder = tinyFolder({
    'notes/a.mdx': noteOf({ body: '## 开头\n\n正文。' }),
    'notes/b.mdx': noteOf({ body: '看[那里](./a.mdx#开头)。\n\n<Quote who="lin">先问一句。</Quote>' }),
    'notes/c.mdx': noteOf({ body: '谁也不提。' }),
    'people/lin.mdx': personOf('林一'),
  });
  const memory: Memory = new Map();
  const load = async () => {
    const kept = await folder.load({ memory });
    const anew = await folder.load();
    expect(kept).toEqual(anew);
    return kept;
  };
  const write = (file: string, text: string) => writeFileSync(join(folder.root, file), text);
  const entry = ({ entries }: Awaited<ReturnType<typeof load>>, id: string) =>
    entries.find((one) => one.id === id);

  const first = await load();
  write('notes/c.mdx', noteOf({ body: '还是谁也不提。' }));
  const second = await load();
  expect(entry(second, 'notes/b')).toBe(entry(first, 'notes/b'));
  expect(entry(second, 'notes/c')?.text).toContain('还是');

  write('notes/a.mdx', noteOf({ body: '## 另一个开头\n\n正文。' }));
  expect(rulesOf(await load())).toEqual(['notes/b.mdx:5 broken-anchor']);
  write('notes/a.mdx', noteOf({ body: '## 开头\n\n正文。' }));
  write('people/lin.mdx', personOf('林二'));
  const renamed = await load();
  expect(rulesOf(renamed)).toEqual([]);
  expect(entry(renamed, 'notes/b')?.html).toContain('林二');
  rmSync(join(folder.root, 'notes/a.mdx'));
  expect(rulesOf(await load())).toEqual(['notes/b.mdx:5 broken-link']);
});

test('an entry that links to a second of a talk is checked again when the talk gets another duration', async () => {
  const talk = (duration: string) =>
    `---\ntitle: t\ndate: 2026-01-01\nspeakers: [lin]\nduration: "${duration}"\n---\n正文\n`;
  const { root, load } = tinyFolder({
    'notes/a.mdx': noteOf({ body: '[那一段](../talks/b.mdx#t=500)' }),
    'talks/b.mdx': talk('10:00'),
    'people/lin.mdx': personOf('林一'),
  });
  const memory: Memory = new Map();
  expect(rulesOf(await load({ memory }))).toEqual([]);
  writeFileSync(join(root, 'talks/b.mdx'), talk('5:00'));
  expect(rulesOf(await load({ memory }))).toEqual(['notes/a.mdx:5 broken-anchor']);
});
