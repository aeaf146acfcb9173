import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../scripts/lib/folder.ts';

/** Returns path → digest of every file below `folder`. */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    listFiles(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
}

/** Returns the paths that differ between two snapshots. */
export function difference(before: Record<string, string>, after: Record<string, string>) {
  return {
    added: Object.keys(after).filter((file) => !(file in before)),
    removed: Object.keys(before).filter((file) => !(file in after)),
    changed: Object.keys(after).filter((file) => file in before && before[file] !== after[file]),
  };
}
