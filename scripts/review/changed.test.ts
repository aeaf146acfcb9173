import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { initRepository } from '../../tests/lib/repository.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { changesIn } from './changed.ts';

/** Makes a repository on its main branch, with these entries not yet committed. */
function repository(...names: string[]) {
  const { around, root } = tinyFolder(
    Object.fromEntries(names.map((name) => [name, noteOf({ body: name })])),
  );
  const changes = (content = root) =>
    changesIn(content)
      .map(({ path, kind }) => `${kind} ${relative(content, path)}`)
      .sort();
  return { root, ...initRepository(around), changes };
}

test('before the first commit every file is new, whether it was added to git or not', () => {
  const { git, changes } = repository('notes/加餐.mdx', 'notes/b.mdx');
  git('add', 'content/notes/加餐.mdx');
  expect(changes()).toEqual(['new notes/b.mdx', 'new notes/加餐.mdx']);
});

test('a moved file is gone and new, and edits and deletions are found whether committed or not', () => {
  const { root, git, commit, changes } = repository(
    'notes/甲 乙.mdx',
    'notes/b.mdx',
    'notes/c.mdx',
    'notes/d.mdx',
  );
  commit();
  git('switch', '-qc', '我的第一篇');
  expect(changes()).toEqual([]);
  renameSync(join(root, 'notes/甲 乙.mdx'), join(root, 'notes/丙.mdx'));
  writeFileSync(join(root, 'notes/b.mdx'), noteOf({ body: '改过' }));
  commit();
  rmSync(join(root, 'notes/c.mdx'));
  expect(changes()).toEqual([
    'changed notes/b.mdx',
    'gone notes/c.mdx',
    'gone notes/甲 乙.mdx',
    'new notes/丙.mdx',
  ]);
});

test('paths begin with the folder as it was given, even if that is a link', () => {
  const { commit, root, changes } = repository('notes/a.mdx');
  commit();
  writeFileSync(join(root, 'notes/a.mdx'), noteOf({ body: '改过' }));
  const link = join(temporaryFolder(), 'link');
  symlinkSync(root, link);
  expect(changes(link)).toEqual(['changed notes/a.mdx']);
});

test('a folder outside of git is refused', () => {
  const { root } = tinyFolder({ 'notes/a.mdx': noteOf() });
  expect(() => changesIn(root)).toThrow('不在 Git 仓库里');
});
