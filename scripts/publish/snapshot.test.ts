import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listFiles, writeFiles } from '../lib/folder.ts';
import { openSnapshots } from './snapshot.ts';

test('keeps what a build reads, and nothing that hidden links point at', () => {
  const root = mkdtempSync(join(tmpdir(), 'snapshot-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [content, work] = [join(root, 'content'), join(root, 'work')];
  const files = { 'notes/a.mdx': 'x', 'tiers.yaml': 'y' };
  writeFiles(content, new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
  mkdirSync(join(root, 'elsewhere'));
  writeFiles(root, new Map([['elsewhere/secret', Buffer.from('z')]]));
  // The check passes over what is hidden.
  symlinkSync(join(root, 'elsewhere'), join(content, '.folder'));
  symlinkSync(join(root, 'elsewhere/secret'), join(content, '.file'));
  symlinkSync('/nowhere', join(content, 'notes/.lost'));

  const snapshots = openSnapshots({ root, content, work }, 'here');
  snapshots.keep(1);
  const restored = snapshots.restore({ build: 1, published: '2026-11-22', date: '2026-11-22' });
  expect(listFiles(restored)).toEqual(Object.keys(files));
});
