import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { git, tryGit } from './git.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

test('returns git’s output, however long, without the end of its last line', () => {
  git(folder, ['init', '--quiet']);
  const input = `${'a line of a long file\n'.repeat(100_000)}\n`;
  const blob = git(folder, ['hash-object', '-w', '--stdin'], { input });
  expect(blob).toMatch(/^[0-9a-f]{40,64}$/);
  expect(git(folder, ['cat-file', 'blob', blob])).toBe(input.slice(0, -1));
});

test('throws git’s own message, and tryGit returns nothing instead', () => {
  const asked = ['rev-parse', '--show-toplevel'];
  expect(() => git(folder, asked, { env: { LC_ALL: 'C' } })).toThrow('fatal: not a git repository');
  expect(tryGit(folder, asked)).toBeUndefined();
  git(folder, ['init', '--quiet']);
  expect(tryGit(folder, asked)).toContain('jinghua-');
});
