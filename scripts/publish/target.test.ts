import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSettings } from '../lib/settings.ts';
import { openTarget } from './target.ts';

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
