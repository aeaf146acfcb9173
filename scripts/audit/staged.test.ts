import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { Staged } from './staged.ts';

test('a file that changes while it is examined stops the audit', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '甲');
  const staged = new Staged(folder);
  expect(staged.read('index.html').toString()).toBe('甲');
  expect(staged.read('index.html').toString()).toBe('甲');
  writeFileSync(join(folder, 'index.html'), '乙');
  expect(() => staged.read('index.html')).toThrow('index.html: changed while the audit examined it');
});
