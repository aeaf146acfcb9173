import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { initRepository } from '../tests/lib/repository.ts';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { git, tryGit } from './git.ts';

let content: string;
let ran: string;

/** Makes the content folder look like a bare repository, whose settings name a program for git to run. */
beforeEach(() => {
  const folder = temporaryFolder();
  content = join(folder, 'content');
  ran = join(temporaryFolder(), 'ran');
  for (const part of ['objects', 'refs']) mkdirSync(join(content, part), { recursive: true });
  writeFileSync(join(content, 'objects', 'kept'), '');
  writeFileSync(join(content, 'refs', 'kept'), '');
  writeFileSync(join(content, 'HEAD'), 'ref: refs/heads/main\n');
  const program = `echo ran > '${ran}'; false`;
  writeFileSync(
    join(content, 'config'),
    `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "${program}"\n`,
  );
  initRepository(folder).commit();
});

test.each([['the folder'], ['a folder below it', 'notes']])(
  'runs nothing that a repository hidden in a folder of another names: %s',
  (_, below = '') => {
    const folder = join(content, below);
    mkdirSync(folder, { recursive: true });
    expect(tryGit(folder, ['status', '--porcelain'])).toBeUndefined();
    expect(() => git(folder, ['status'])).toThrow(`${content} looks like a repository`);
    expect(existsSync(ran)).toBe(false);
  },
);

test('a file called HEAD beside the repository itself is only a file', () => {
  const top = join(content, '..');
  writeFileSync(join(top, 'HEAD'), '');
  expect(tryGit(top, ['rev-parse', '--show-prefix'])).toBe('');
});
