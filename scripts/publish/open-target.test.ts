import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSettings } from '../lib/settings.ts';
import { openTarget } from './open-target.ts';

const open = (to: string) => openTarget(to, readSettings({}));

test.each([
  ['root@host:/srv/kb', 'is in scp syntax; write ssh://root@host/srv/kb'],
  ['a@b:kb', 'is in scp syntax; write ssh://a@b/kb'],
  ['host:kb', 'is in scp syntax; write ssh://host/kb'],
  ['~/kb', 'the shell did not expand ~ to a folder'],
  ['ftp://host/kb', '"ftp://" is not a supported target'],
  ['/', 'overlaps with'],
  ['..', 'overlaps with'],
])('%s is refused as a target: %s', (to, reason) => {
  expect(() => open(to)).toThrow(expect.objectContaining({ code: 2 }) as Error);
  expect(() => open(to)).toThrow(reason);
});

test('a link is refused, with the folder that it leads to', () => {
  const around = temporaryFolder();
  mkdirSync(join(around, 'there'));
  symlinkSync(join(around, 'there'), join(around, 'link'));
  expect(() => open(join(around, 'link'))).toThrow(
    `is a link; use the folder itself: ${join(around, 'there')}`,
  );
});

test.runIf(process.platform === 'linux')('a target where no folder can be made is reported', async () => {
  const target = open('/proc/nowhere/kb');
  await expect(target.write('/tmp', ['x'])).rejects.toThrow(/nowhere: can't create a folder there/);
});

test.runIf(process.platform === 'linux')(
  'a file that another publisher removes while a folder is listed is left out',
  async () => {
    const folder = temporaryFolder();
    const claim = 'publish/claims/1';
    writeFiles(folder, { [claim]: 'claim', root: 'root' });
    // Reading it waits for its writer, who first removes the claim: the listing has seen its name by then.
    execFileSync('mkfifo', [join(folder, 'a')]);
    spawn('sh', ['-c', `exec >a && rm ${claim}`], { cwd: folder, stdio: 'ignore' });
    expect([...(await open(folder).list('')).keys()]).toEqual(['a', 'root']);
  },
);
