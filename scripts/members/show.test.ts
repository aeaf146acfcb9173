import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { initRepository } from '../../tests/lib/repository.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { projectRoot, type Settings } from '../lib/settings.ts';
import { link, list } from './show.ts';
import { membersFolder } from './testing.ts';

let settings: Settings;
let folder: string;
beforeEach(() => {
  settings = membersFolder();
  folder = settings.content;
  vi.stubEnv('KB_SECRET', testSecret);
});

describe('members', () => {
  test('lists everyone with their state', () => {
    expect(list(settings).split('\n')).toEqual([
      'anna\tserial 1\tmembers\tactive',
      'ben\tserial 1\tmembers\tactive\tuntil 2026-12-01',
      'carl\tserial 1\tmembers\tremoved\t2026-11-01',
      'dora\tserial 1\tmembers\texpired\t2026-10-31',
    ]);
  });

  test('lists who expires soon, and counts the last day as a day of membership', () => {
    expect(list(settings, 10)).toMatch(/^ben\t/);
    expect(list(settings, 9)).toBe('members: nobody expires within 9 days');
  });

  test('prints links of active members only', async () => {
    const links = await link(settings, { ids: [] });
    expect(links).toMatch(
      /^anna\thttps:\/\/kb\.example\/#key=kb_\S+\nben\thttps:\/\/kb\.example\/#key=kb_\S+$/,
    );
    await expect(link(settings, { ids: ['dora'] })).rejects.toThrow(
      'dora is expired; to let them in with the same link: npm run members -- expire dora DATE',
    );
    writeFileSync(settings.members, '- id: carl\n  removed: 2026-11-01\n');
    await expect(link(settings, { ids: [] })).rejects.toThrow('no member is active');
    await expect(link({ ...settings, ci: true }, { ids: ['anna'] })).rejects.toThrow('CI=true');
  });

  test('makes up no secret for links when there is a site already', async () => {
    vi.stubEnv('KB_SECRET', undefined);
    writeFileSync(join(folder, 'root'), '{"format":1}');
    const stands = { ...settings, root: folder, out: folder };
    await expect(link(stands, { ids: ['anna'] })).rejects.toThrow('no secret is set');
    expect(readdirSync(folder)).not.toContain('.kb-secret');
  });

  test('warns that links lead to this machine when no site address is set', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await link({ ...settings, site: undefined }, { ids: ['anna'] });
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('KB_SITE is not set'));
    warn.mockClear();
    await link(settings, { ids: ['anna'] });
    expect(warn).not.toHaveBeenCalled();
  });

  test('writes QR codes that only their owner can read', async () => {
    const qr = join(folder, 'qr');
    expect(await link(settings, { ids: [], qr })).not.toContain('kb_');
    expect(readdirSync(qr)).toEqual(['.gitignore', 'anna.svg', 'ben.svg']);
    expect(statSync(join(qr, 'anna.svg')).mode & 0o777).toBe(0o600);
  });

  test('replaces QR codes that were open to others, or led elsewhere, instead of filling them', async () => {
    const [qr, elsewhere] = [join(folder, 'qr'), join(folder, 'elsewhere')];
    mkdirSync(qr);
    writeFileSync(join(qr, 'anna.svg'), '', { mode: 0o644 });
    symlinkSync(elsewhere, join(qr, 'ben.svg'));
    await link(settings, { ids: [], qr });
    for (const name of readdirSync(qr)) expect(statSync(join(qr, name)).mode & 0o777).toBe(0o600);
    expect(existsSync(elsewhere)).toBe(false);
  });

  test('writes QR codes that git does not add, and leaves a folder of the operator’s as it is', async () => {
    const { git } = initRepository(folder);
    const qr = join(folder, 'new/qr');
    await link(settings, { ids: [], qr });
    git('add', '.');
    expect(git('ls-files')).not.toContain('qr');
    const own = join(folder, 'own');
    mkdirSync(own);
    await link(settings, { ids: ['anna'], qr: own });
    expect(readdirSync(own)).toEqual(['anna.svg']);
  });
});

test.each([['link'], ['link', '--all', 'anna']])('links are for some members or for all: %j', (...args) => {
  const command = [join(projectRoot, 'scripts/members.ts'), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect([stderr, status]).toEqual(['members: link takes ID… or --all\n', 2]);
});
