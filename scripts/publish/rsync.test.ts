import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { openRemote } from './rsync.ts';
import type { Target } from './target.ts';
import { standInForSsh } from './testing.ts';

let around: string;
let ssh: string;
beforeEach(() => {
  around = temporaryFolder();
  ssh = standInForSsh(around);
  mkdirSync(join(around, 'site/publish/claims'), { recursive: true });
});

// The remote commands need the GNU tools.
test.runIf(process.platform === 'linux').each(['$(touch ran)', "'; touch ran; '", 'a b'])(
  'a file named %s at the target is read, and its name is never run',
  async (name) => {
    const path = `publish/claims/${name}`;
    writeFileSync(join(around, 'site', path), 'claim');
    const target = openRemote(`ssh://host${around}/site`);
    const [listed] = [...(await target.list('publish/claims/')).keys()];
    expect(listed).toBe(path);
    const bytes = await target.read(path);
    expect(bytes && Buffer.from(bytes).toString()).toBe('claim');
    expect(await target.read(`${path}?`)).toBeNull();
    for (const folder of [process.cwd(), around, join(around, 'site')]) {
      expect(existsSync(join(folder, 'ran'))).toBe(false);
    }
  },
);

test.runIf(process.platform === 'linux')(
  'a claim that another publisher removes while the other machine lists its files has no digest',
  async () => {
    const claims = join(around, 'site/publish/claims');
    for (const name of ['mine', 'theirs']) writeFileSync(join(claims, name), name);
    const real = execFileSync('sh', ['-c', 'command -v md5sum'], { encoding: 'utf8' }).trim();
    writeFileSync(join(around, 'md5sum'), `#!/bin/sh\nrm -f ${claims}/theirs\nexec ${real} "$@"\n`, {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${around}:${process.env.PATH!}`);
    const target = openRemote(`ssh://host${around}/site`);
    expect(Object.fromEntries(await target.list('publish/claims/'))).toEqual({
      'publish/claims/mine': { size: 4, md5: hash('md5', 'mine') },
      'publish/claims/theirs': { size: 6 },
    });
  },
);

test('an error message of the other machine is one line that can’t control the terminal', async () => {
  writeFileSync(ssh, "printf 'a \\033[2Jbanner\\r\\nPermission denied.\\n' >&2; exit 255\n");
  const target = openRemote(`ssh://host${around}/site`);
  await expect(target.read('root')).rejects.toThrow(/^publish: host: a �\[2Jbanner; Permission denied\.$/);
});

test.each(['Host key verification failed.', 'root@host: Permission denied (publickey).'])(
  '%s is answered with what to do, as ssh does not ask',
  async (complaint) => {
    writeFileSync(ssh, `echo '${complaint}' >&2; exit 255\n`);
    const target = openRemote(`ssh://host${around}/site`);
    await expect(target.read('root')).rejects.toThrow(
      /^publish: host: .*; a publish answers no question of ssh: connect once yourself, or put host and key into ~\/\.ssh\/config$/,
    );
  },
);

test.each([
  ['has no end', 'cat /dev/zero', /: sends more than 67 MB$/],
  ['comes byte by byte', 'while printf a; do sleep 0.02; done', /: has sent only \d+ bytes so far$/],
])('a file of the other machine that %s is not waited for', async (_, program, refusal) => {
  writeFileSync(
    ssh,
    `for words; do :; done\ncase $words in echo*) exec sh -c "$words";; *) ${program};; esac\n`,
  );
  const target = openRemote(`ssh://host${around}/site`, 200);
  await expect(target.read('root')).rejects.toThrow(refusal);
});

const nothingCame = /: has sent only 0 bytes so far$/;
test.each<[string, string, (target: Target) => Promise<unknown>, RegExp]>([
  ['a file', 'echo*', (target) => target.read('root'), nothingCame],
  ['a listing', 'echo*', (target) => target.list(''), nothingCame],
  ['a removal', 'echo*', (target) => target.remove(['a']), nothingCame],
  ['room for a file', 'echo*', (target) => target.write(around, ['ssh.sh']), /: .*timeout/],
  [
    'anything',
    'nothing',
    (target) => target.read('root'),
    /: accepted the connection but then sent nothing$/,
  ],
])(
  'a machine that stays connected but does not answer when asked for %s is not waited for',
  async (...row) => {
    const [, answered, ask, refusal] = row;
    writeFileSync(
      ssh,
      `for words; do :; done\ncase $words in ${answered}) exec sh -c "$words";; *) exec sleep 60;; esac\n`,
    );
    await expect(ask(openRemote(`ssh://host${around}/site`, 50))).rejects.toThrow(refusal);
  },
);

test('an error message of the other machine is whole even if it arrives split inside a character', async () => {
  writeFileSync(ssh, "printf '没有权\\351\\231' >&2; sleep 0.1; printf '\\220' >&2; exit 255\n");
  const target = openRemote(`ssh://host${around}/site`);
  await expect(target.read('root')).rejects.toThrow(/^publish: host: 没有权限$/);
});

test('an address whose folder other shells would read differently is refused, with what it may have', () => {
  for (const folder of ['/srv/my site', '/srv/站', '/srv/%20', '/srv/$HOME'])
    expect(() => openRemote(`ssh://host${folder}`)).toThrow(/may have letters, digits and \. _ ~ - there/);
});
