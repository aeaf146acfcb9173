import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initRepository } from '../../tests/lib/repository.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listFiles } from '../lib/folder.ts';
import { openSnapshots } from './snapshot.ts';

test('keeps what a build reads, but nothing that hidden links point at', () => {
  const root = temporaryFolder();
  const [content, work] = [join(root, 'content'), join(root, 'work')];
  const files = { 'notes/a.mdx': 'x', 'tiers.yaml': 'y' };
  writeFiles(content, files);
  writeFiles(root, { 'elsewhere/secret': 'z' });
  // The check ignores hidden files.
  symlinkSync(join(root, 'elsewhere'), join(content, '.folder'));
  symlinkSync(join(root, 'elsewhere/secret'), join(content, '.file'));
  symlinkSync('/nowhere', join(content, 'notes/.lost'));

  const snapshots = openSnapshots({ root, content, work }, 'here');
  snapshots.keep(1);
  const restored = snapshots.restore({ build: 1, published: '2026-11-22', date: '2026-11-22' });
  expect(listFiles(restored)).toEqual(Object.keys(files));
});

test('recognises publications of the same content by what it kept or by their revision', () => {
  const root = temporaryFolder();
  const [content, work] = [join(root, 'content'), join(root, 'work')];
  const { keep, isSame } = openSnapshots({ root, content, work }, 'here');
  for (const [build, text] of ['x', 'x', 'y'].entries()) {
    writeFiles(content, { 'notes/a.mdx': text });
    keep(build);
  }
  const day = '2026-11-22';
  const of = (build: number, commit?: string) => ({
    build,
    published: day,
    date: day,
    ...(commit && { commit }),
  });
  expect(isSame(of(0), of(1))).toBe(true);
  expect(isSame(of(1), of(2))).toBe(false);
  expect(isSame(of(8, 'c'), of(9, 'c'))).toBe(true);
  expect(isSame(of(8), of(9))).toBe(false);
});

test('never restores what a stopped publish kept under a number that another machine then published', () => {
  const root = temporaryFolder();
  const [content, work] = [join(root, 'content'), join(root, 'work')];
  writeFiles(content, { 'notes/a.mdx': 'published elsewhere' });
  const { git, commit } = initRepository(content);
  commit();
  const published = { build: 1, published: '2026-11-22', date: '2026-11-22' };
  const elsewhere = openSnapshots({ root, content, work: join(root, 'elsewhere') }, 'here').keep(1);
  const publication = { ...published, content: elsewhere, commit: git('rev-parse', 'HEAD').trim() };

  const { keep, restore, isSame } = openSnapshots({ root, content, work }, 'here');
  writeFiles(content, { 'notes/a.mdx': 'stopped' });
  const stopped = keep(1);
  expect(readFileSync(join(restore(publication), 'notes/a.mdx'), 'utf8')).toBe('published elsewhere');
  expect(isSame(publication, { ...published, content: stopped })).toBe(false);
  expect(isSame(publication, { ...published, build: 2, content: elsewhere })).toBe(true);
});

test.each([
  ['below the top of its repository', 'content', 'content'],
  ['that is the top of its repository', '', ''],
  ['that a link leads to', 'content', '../link'],
])('restores from git a folder %s', (_, below, named) => {
  const root = temporaryFolder();
  const repository = join(root, 'repository');
  const there = { 'notes/a.mdx': 'x', 'tiers.yaml': 'y' };
  writeFiles(join(repository, below), there);
  const { git, commit } = initRepository(repository);
  commit();
  symlinkSync(join(repository, below), join(root, 'link'));
  writeFiles(join(repository, below), { 'notes/a.mdx': 'later', 'notes/b.mdx': 'new' });

  const content = join(repository, named);
  const { restore } = openSnapshots({ root, content, work: join(root, 'work') }, 'here');
  const revision = git('rev-parse', 'HEAD').trim();
  const restored = restore({ build: 1, published: '2026-11-22', date: '2026-11-22', commit: revision });
  expect(listFiles(restored)).toEqual(Object.keys(there));
  expect(readFileSync(join(restored, 'notes/a.mdx'), 'utf8')).toBe('x');
  expect(git('status', '--porcelain').split('\n').filter(Boolean)).toHaveLength(2);
});
