import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { findProgram, outputOf } from './run.ts';

test('a program’s output is whole even if it arrives split inside a character', async () => {
  const script = `
    const [first, rest] = [[0, 2], [2]].map((range) => Buffer.from('没有').subarray(...range));
    process.stdout.write(first);
    setTimeout(() => process.stdout.write(rest), 100);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  expect(await outputOf(child)).toEqual({ code: 0, output: '没有' });
});

test('finds the first of the named programs, wherever it is on the PATH', () => {
  const around = temporaryFolder();
  const [early, late] = ['early', 'late'].map((name) => join(around, name)) as [string, string];
  for (const folder of [early, late]) mkdirSync(folder);
  writeFileSync(join(early, 'second'), '');
  writeFileSync(join(late, 'first'), '');
  vi.stubEnv('PATH', [early, late].join(delimiter));
  expect(findProgram('first', 'second')).toBe(join(late, 'first'));
  expect(findProgram('none', 'second')).toBe(join(early, 'second'));
  expect(findProgram('none')).toBeUndefined();
});
