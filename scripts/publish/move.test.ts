import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseSecret } from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readIfThere } from '../lib/folder.ts';
import { serve } from '../lib/serve.ts';
import { sealSite } from '../steps/seal.ts';
import { verifyServed } from './move.ts';

const secret = parseSecret(testSecret);

async function siteIn(number: number): Promise<string> {
  const folder = temporaryFolder();
  const unsealed = {
    site: { readable: new Map(), sealed: new Map([['members', new Map()]]) },
    membership: membershipOf('- id: anna\n'),
    secret,
  };
  await sealSite({ ...unsealed, settings: { date: '2026-11-22', number } }, folder);
  return folder;
}

/** Returns what is wrong when `served` is at the address and `there` is the target. */
async function problemOf(served: string, there: string, patience = 0): Promise<string | undefined> {
  const { url, close } = await serve({ folder: served, base: '', port: 0 });
  onTestFinished(close);
  const target = { read: (path: string) => Promise.resolve(readIfThere(join(there, path))) };
  const [finding] = await verifyServed(url.replace(/\/$/, ''), target, patience);
  return finding?.problem;
}

test('a host serves a target if both have the same root', async () => {
  const folder = await siteIn(1);
  expect(await problemOf(folder, folder)).toBeUndefined();
  expect(await problemOf(folder, await siteIn(2))).toBe('the host serves the root of another site');
  expect(await problemOf(temporaryFolder(), folder)).toBe('the host answers 404');
});

test('an empty target is not served by a host that has a site', async () => {
  const empty = temporaryFolder();
  expect(await problemOf(await siteIn(1), empty)).toBe(
    'the host already serves a site, but the target has none; if this address will lead there later, add --unverified',
  );
  expect(await problemOf(empty, empty)).toBeUndefined();
  // Some hosts answer any address with their own page.
  const page = temporaryFolder();
  writeFileSync(join(page, 'root'), '<!doctype html>');
  expect(await problemOf(page, empty)).toBeUndefined();
});

test('what a cache may be to blame for is told before it is waited for', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(await problemOf(await siteIn(1), await siteIn(2), 1500)).toBe(
    'the host serves the root of another site',
  );
  expect(said.mock.calls).toEqual([
    [expect.stringMatching(/\/root: the host serves the root of another site; waiting up to 1.5 s/)],
  ]);
});
