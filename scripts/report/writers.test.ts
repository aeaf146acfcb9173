import { expect, test } from 'vitest';
import { initRepository } from '../../tests/lib/repository.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { writersOf } from './writers.ts';

test('says from git who ever wrote a piece, and who did since the live revision, under its name of today', () => {
  const folder = temporaryFolder();
  const { git, commit } = initRepository(folder);
  const text = '一二三四五六七八九十\n'.repeat(20);
  writeFiles(folder, { 'notes/a.mdx': `${text}甲`, 'notes/b.mdx': `${text}乙` });
  commit('林夏');
  const live = git('rev-parse', 'HEAD').trim();
  git('mv', 'notes/a.mdx', 'notes/moved.mdx');
  commit('陈一');
  writeFiles(folder, { 'notes/moved.mdx': `${text}甲甲` });
  commit('Vivian <Chen>');
  writeFiles(folder, { 'notes/b.mdx': `${text}乙乙` });
  commit('renovate[bot]');

  const entry = (name: string) => ({ id: `notes/${name}`, file: `${folder}/notes/${name}.mdx` });
  const entries = [entry('moved'), entry('b'), entry('not-committed')];
  const { ever, since } = writersOf(folder, entries, live);
  expect([...ever]).toEqual([
    ['notes/moved', ['林夏', 'Vivian Chen']],
    ['notes/b', ['林夏']],
  ]);
  expect([...since]).toEqual([['notes/moved', ['Vivian Chen']]]);
  expect(writersOf(folder, entries, undefined).since.size).toBe(0);
  expect(writersOf(folder, entries, '0'.repeat(40)).since.size).toBe(0);
  expect([...writersOf(folder, entries, undefined, live).ever]).toEqual([['notes/b', ['林夏']]]);
  expect(writersOf(temporaryFolder(), entries, live).ever.size).toBe(0);
});
