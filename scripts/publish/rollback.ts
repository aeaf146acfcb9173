import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../lib/main.ts';
import type { Live } from './live.ts';
import type { Publication } from './record.ts';
import type { Snapshots } from './snapshot.ts';

/**
 * Returns the publication to roll back to: the newest earlier one whose content differs from the live content.
 *
 * @throws CommandError when there is none
 */
export function earlierOf({ build, record, publication: current }: Live, { isSame }: Snapshots): Publication {
  const publications = record?.publications ?? [];
  const shown = current?.of ?? build;
  // A repeated publication of the same content doesn't count, for example one for a new member; unless other entries
  // were due on its day.
  const isAnother = (candidate: Publication) =>
    !current ||
    !isSame(candidate, current) ||
    (candidate.date !== current.date &&
      (candidate.entries === undefined || candidate.entries !== current.entries));
  const earlier = publications.find(
    (candidate) => candidate.of === undefined && candidate.build < shown && isAnother(candidate),
  );
  if (!earlier) {
    throw new CommandError(
      'publish: there is no earlier publication with other content to roll back to; to publish the content that is here now, leave out --rollback',
    );
  }
  return earlier;
}

/**
 * Copies today's tiers.yaml into the restored content `earlier`, a folder of ours: membership always follows today's
 * tiers.
 */
export function withTiersOf(content: string, earlier: string): string {
  const [now, then] = [content, earlier].map((folder) => join(folder, 'tiers.yaml')) as [string, string];
  if (existsSync(now)) copyFileSync(now, then);
  else rmSync(then, { force: true });
  return earlier;
}
