import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { digestOfFiles } from './inputs.ts';

test.each([
  ['a file', 'members.yaml', 'members.yaml'],
  ['a folder', 'content', 'content/notes/a.mdx'],
  ['a linked file', 'link.yaml', 'members.yaml'],
  ['a linked folder', 'link', 'content/notes/a.mdx'],
])('the digest of %s changes with its content', (_, named, changed) => {
  const root = temporaryFolder();
  writeFiles(root, { 'members.yaml': 'one', 'content/notes/a.mdx': 'one' });
  symlinkSync('content', join(root, 'link'));
  symlinkSync('members.yaml', join(root, 'link.yaml'));
  const digest = () => digestOfFiles([join(root, named)]);
  const before = digest();
  expect(digest()).toBe(before);
  writeFiles(root, { [changed]: 'two' });
  expect(digest()).not.toBe(before);
});

test('a missing path has a digest too, and links inside a folder are not followed', () => {
  const root = temporaryFolder();
  writeFiles(root, { 'folder/a': 'one', elsewhere: 'one' });
  symlinkSync('../elsewhere', join(root, 'folder/link'));
  symlinkSync('nowhere', join(root, 'folder/lost'));
  const paths = [join(root, 'none'), join(root, 'folder')];
  const before = digestOfFiles(paths);
  writeFiles(root, { elsewhere: 'two' });
  expect(digestOfFiles(paths)).toBe(before);
});
