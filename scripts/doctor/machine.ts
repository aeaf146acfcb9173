import { hash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { megabytes } from '../../src/text/megabytes.ts';
import type { Settings } from '../lib/settings.ts';
import { sizeOf } from '../lib/size.ts';
import { error, ok, warning, type Diagnosis } from './diagnosis.ts';

/** Checks this machine: Node, the packages, and free disk space. */
export function examineMachine({ root, out }: Settings): Diagnosis[] {
  const lock = hash('sha256', readFileSync(join(root, 'package-lock.json')));
  const stamp = join(root, 'node_modules', '.jinghua-lock');
  const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  return [
    ok('node', process.versions.node),
    isInstalled
      ? ok('packages', 'match the lock file')
      : error(
          'packages',
          'do not match the lock file',
          'rm -rf node_modules; the next command installs them',
        ),
    examineRoom(out),
  ];
}

/** A build is staged beside the existing one, so it needs the same space again. */
function examineRoom(out: string): Diagnosis {
  // The output folder may not exist yet: use the nearest parent.
  let folder = out;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const needed = 2 * sizeOf(out).bytes;
  return free > needed
    ? ok('disk', `${megabytes(free, 0)} free`)
    : warning(
        'disk',
        `${megabytes(free, 0)} free, but a build may need ${megabytes(needed, 0)}`,
        'free some space, or set KB_OUT',
      );
}
