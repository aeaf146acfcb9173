import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { bases, recordingSeals, sampleFolder } from '../lib/sample.ts';
import { build, testSite, writeFiles } from '../lib/site.ts';

/** The arguments of one AES-GCM call of a build: digests of key with nonce, plaintext, AAD. */
type Seal = [keyAndNonce: string, plain: string, additionalData: string];

/**
 * Three builds of one site with one secret: at the root of a host, below a path (which changes the bytes of each page),
 * and in a new epoch.
 */
let builds: Seal[][];

beforeAll(async () => {
  const folder = join(projectRoot, '.work', 'tests', 'once');
  const rotated = testSite('once', recordingSeals(folder));
  writeFiles(rotated.folder, { 'members.yaml': '- id: anna\n- id: ben\n  removed: 2026-11-02\n' });
  await build(rotated);
  builds = [...bases.map(sampleFolder), rotated.folder].map((folder) => readSeals(join(folder, 'seals')));
});

function readSeals(folder: string): Seal[] {
  expect(existsSync(folder)).toBe(true);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as Seal),
  );
}

test('every sealed file of a build was recorded', () => {
  const [first] = builds;
  const objects = readdirSync(join(sampleFolder(''), 'dist', 'o'), { recursive: true, withFileTypes: true });
  // At least one piece in each file, and 160 records in the key store's one shard.
  expect(first!.length).toBeGreaterThan(objects.filter((entry) => entry.isFile()).length + 159);
});

test('within a build no key is used with the same nonce twice', () => {
  for (const seals of builds) {
    expect(new Set(seals.map(([keyAndNonce]) => keyAndNonce)).size).toBe(seals.length);
  }
});

test('across builds and epochs no key and nonce seal a second plaintext or place', () => {
  const met = new Map<string, string>();
  let again = 0;
  for (const [keyAndNonce, ...what] of builds.flat()) {
    const before = met.get(keyAndNonce);
    if (before !== undefined) again++;
    expect(before ?? what.join()).toBe(what.join());
    met.set(keyAndNonce, what.join());
  }
  // Media are sealed to the same bytes in every build: if nothing recurred, the builds wouldn't be comparable.
  expect(again).toBeGreaterThan(0);
});
