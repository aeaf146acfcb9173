import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { testSecret } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { secretFor } from './secret.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

const target = (site: string | null) => ({
  name: 'TARGET',
  read: () => Promise.resolve(site === null ? null : new Uint8Array(Buffer.from(site))),
});
const publish = (site: string | null, replaces = false, env = {}) =>
  secretFor(target(site), { root, ci: false }, replaces, env);

test('the first publish makes up a secret and stores it', async () => {
  vi.spyOn(console, 'log').mockReturnValue();
  const secret = await publish(null);
  const kept = readFileSync(join(root, '.kb-secret'), 'utf8').trim();
  expect(Buffer.from(secret).toString('base64url')).toBe(kept);
  expect(await publish('{"format":1}')).toEqual(secret);
});

test('no secret is made up when the target has a site already, unless that may be replaced', async () => {
  await expect(publish('{"format":1}')).rejects.toThrow('no secret is set');
  expect(existsSync(join(root, '.kb-secret'))).toBe(false);
  vi.spyOn(console, 'log').mockReturnValue();
  await publish('{"format":1}', true);
  expect(existsSync(join(root, '.kb-secret'))).toBe(true);
});

test('a secret that is set is used', async () => {
  const secret = await publish('{"format":1}', false, { KB_SECRET: testSecret });
  expect(Buffer.from(secret).toString('hex')).toBe(testSecret);
});
