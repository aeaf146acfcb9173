import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { outputOf } from './run.ts';

test('what a program prints is whole where it comes in parts of a character', async () => {
  const script = `
    const [first, rest] = [[0, 2], [2]].map((range) => Buffer.from('没有').subarray(...range));
    process.stdout.write(first);
    setTimeout(() => process.stdout.write(rest), 100);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  expect(await outputOf(child)).toEqual({ code: 0, output: '没有' });
});
