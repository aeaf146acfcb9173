import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reuse } from './reuse.ts';

let parent: string;
let folder: string;
let input: string;
let made: number;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'jinghua-reuse-'));
  folder = join(parent, 'pages');
  input = 'a';
  made = 0;
});
afterEach(() => rmSync(parent, { recursive: true }));

function make(meanwhile?: () => void): Promise<void> {
  return reuse(
    folder,
    () => input,
    async () => {
      made++;
      mkdirSync(folder);
      writeFileSync(join(folder, 'index.html'), `made of ${input}`);
      await Promise.resolve();
      meanwhile?.();
    },
  );
}

test('what was made of the same input stands', async () => {
  await make();
  await make();
  expect(made).toBe(1);
});

test.each<[string, () => void]>([
  ['the input is another', () => (input = 'b')],
  ['a file is another', () => writeFileSync(join(folder, 'index.html'), 'by hand')],
  ['a file is gone', () => rmSync(join(folder, 'index.html'))],
  ['a file is new', () => writeFileSync(join(folder, 'more.html'), '')],
  ['the record is gone', () => rmSync(`${folder}.digests`)],
])('it is made anew where %s', async (_, change) => {
  await make();
  change();
  await make();
  expect(made).toBe(2);
});

test('what is made while its input changes is not taken for what was made of either', async () => {
  await make(() => (input = 'b'));
  await make();
  expect(made).toBe(2);
  input = 'a';
  await make();
  expect(made).toBe(3);
});

test('what failed is made anew, and nothing of it stays', async () => {
  const failing = make(() => {
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  await make();
  expect(made).toBe(2);
});
