import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSettings } from '../lib/settings.ts';
import { openTarget } from './open-target.ts';
import { claims, incoming, type Target } from './target.ts';
import { standInForSsh } from './testing.ts';

// Others may be able to write into the folder of a target, such as the web server or another publisher. Links of theirs
// must not lead a publish to files elsewhere.

let around: string;
let site: string;
let outside: string;
beforeEach(() => {
  around = temporaryFolder();
  site = join(around, 'site');
  outside = join(around, 'outside');
  writeFiles(around, { 'outside/own': 'own' });
  standInForSsh(around);
});

const kinds: [string, () => Target][] = [
  ['a folder', () => openTarget(site, readSettings({}))],
  ['rsync over ssh', () => openTarget(`ssh://host${site}`, readSettings({}))],
];

// The commands on the other machine need the GNU tools.
describe.runIf(process.platform === 'linux').each(kinds)('%s', (_, open) => {
  test.each(['publish', claims, incoming])(
    'whose %s is a link is refused, because files there would be removed',
    async (path) => {
      mkdirSync(dirname(join(site, path)), { recursive: true });
      symlinkSync(outside, join(site, path));
      const target = open();
      for (const folder of [claims, incoming]) {
        await expect(target.list(`${folder}/`)).rejects.toThrow(`${path} is a link`);
        await expect(target.times(`${folder}/`)).rejects.toThrow(`${path} is a link`);
      }
    },
  );
});

test('a link in place of a file that is being copied is replaced, and not written through', async () => {
  const from = temporaryFolder();
  writeFileSync(join(from, 'root'), 'root');
  mkdirSync(join(site, incoming), { recursive: true });
  symlinkSync(join(outside, 'own'), join(site, incoming, String(process.pid)));
  await openTarget(site, readSettings({})).write(from, ['root']);
  expect(readFileSync(join(outside, 'own'), 'utf8')).toBe('own');
  expect(readFileSync(join(site, 'root'), 'utf8')).toBe('root');
  expect(readdirSync(site)).toEqual(['root']);
});

test('a file of the operator’s own may be larger than Node can read at once', async () => {
  writeFiles(site, { 'film.mp4': '' });
  truncateSync(join(site, 'film.mp4'), 3 * 2 ** 30);
  const listed = await openTarget(site, readSettings({})).list('');
  expect(Object.fromEntries(listed)).toEqual({ 'film.mp4': { size: 3 * 2 ** 30 } });
});
