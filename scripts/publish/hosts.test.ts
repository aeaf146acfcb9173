import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentPolicy } from '../../src/gate/policy.ts';
import { projectRoot } from '../lib/settings.ts';
import { cachingOf } from './headers.ts';
import { hostFiles } from './hosts.ts';

const folder = join(projectRoot, 'hosts');

test('hosts/ holds the files made from the current policy, and nothing else (vitest -u writes them)', async () => {
  for (const [name, text] of Object.entries(hostFiles())) {
    await expect(text).toMatchFileSnapshot(join(folder, name));
    expect(text).toContain(contentPolicy);
  }
  // The subfolders hold files that are not made from the policy.
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name).sort()).toEqual(Object.keys(hostFiles()).sort());
});

test.each([
  ['o/ab/abcd', 'public, max-age=31536000, immutable'],
  ['a/page.css', 'public, max-age=31536000, immutable'],
  ['media/1.webp', 'public, max-age=31536000, immutable'],
  ['root', 'no-store'],
  ['sw.js', 'no-cache'],
  ['talks/a/index.html', 'no-cache'],
  ['index.html', 'no-cache'],
  ['audio/', 'no-cache'],
])('%s is stored with the cache control %s', (path, value) => {
  expect(cachingOf(path)).toBe(value);
});

test('a timed publish that keeps failing is given up, so that it shows as failed', () => {
  const unit = readFileSync(join(folder, 'systemd/jinghua-publish.service'), 'utf8');
  const numberOf = (name: string) => Number(new RegExp(`^${name}=(\\d+)`, 'm').exec(unit)![1]);
  const tries = numberOf('StartLimitBurst') * numberOf('RestartSec');
  expect(numberOf('StartLimitIntervalSec')).toBeGreaterThan(tries);
  expect(unit).toMatch(/^StartLimitIntervalSec=\d+min\n/m);
  expect(unit).toMatch(/^RestartSec=\d+min\n/m);
});
