import type { Bytes } from '../../src/vault/index.ts';
import type { Late } from '../digest/late.ts';
import type { Shown } from '../lib/changes.ts';
import { listFiles } from '../lib/folder.ts';
import type { Held } from './claim.ts';
import type { Live } from './live.ts';
import { removalsOf, uploadsOf, type Plan } from './plan.ts';
import { writeRecord, type Publication } from './record.ts';
import type { Target } from './target.ts';

const publicationsKept = 50;

export interface Upload {
  target: Target;
  /** The folder with the new site. */
  folder: string;
  secret: Bytes;
  live: Live;
  publication: Publication;
  /** The entries that the new site shows. */
  shown: Shown;
  /** Pieces of which a digest has yet to tell. */
  late: Late;
}

export interface Steps {
  /** Runs one step of the upload and reports its progress. */
  step: (name: string, files: number, run: (done: () => void) => Promise<void>) => Promise<void>;
  /**
   * Checks the uploaded files before the switch, including those of an earlier run that was stopped; throws to stop.
   */
  beforeSwitch: (files: string[]) => Promise<void>;
  /** Checks the new site before anything is removed; throws to stop. */
  afterSwitch: () => Promise<void>;
  /**
   * Reports what was published. After that, the record says so too: a kill in between makes the next run report it
   * again, and one before it doesn't lose the report.
   */
  beforeRecord: () => void;
}

/**
 * Uploads the site in `folder` to the target, `root` last. If it is killed at any point, visitors see the whole old
 * site or the whole new one, and the next run finishes the job.
 *
 * @throws CommandError when the target can't be written, or a check from outside finds a problem
 */
export async function upload(
  { target, folder, secret, live, publication, shown, late }: Upload,
  plan: Plan,
  held: Held,
  { step, beforeSwitch, afterSwitch, beforeRecord }: Steps,
): Promise<void> {
  const write = (name: string, files: string[]) =>
    files.length === 0
      ? Promise.resolve()
      : step(name, files.length, (done) => target.write(folder, files, done));
  const before = live.record;
  // One newer than the live site was stopped before the switch: nobody may roll back to it. A target that has lost its
  // root has no live site.
  const newest = live.build || publication.build - 1;
  const earlier = (before?.publications ?? []).filter(({ build }) => build <= newest);
  const publications = [publication, ...earlier].slice(0, publicationsKept);
  const local = new Set(listFiles(folder));
  const known = [...(before?.files ?? []), ...plan.removed, ...Object.values(plan.retired).flat()];
  const ours = new Set([...known, ...local].filter((file) => !file.startsWith('o/')));
  // A second run finds the first run's files at the target and doesn't upload them again, so the record has to name
  // them.
  const unseen = [...new Set([...(before?.unseen ?? []), ...uploadsOf(plan)])];

  // The record is written first, so that a run after a kill knows which files are ours.
  await writeRecord(target, secret, {
    publications,
    files: [...ours],
    retired: before?.retired ?? {},
    unseen,
    ...(before?.shown && { shown: before.shown }),
    ...(before?.late && { late: before.late }),
  });
  await write('upload: new files', plan.newFiles);
  await write('upload: changed files', plan.changedFiles);
  await write('upload: new pages', plan.newPages);
  await write('upload: changed pages', plan.changedPages);
  await beforeSwitch(unseen.filter((file) => local.has(file)));

  await held.assert();
  await write('switch', ['root']);
  await afterSwitch();

  const gone = removalsOf(plan);
  if (gone.length > 0) await step('remove', gone.length, () => target.remove(gone));
  gone.forEach((file) => ours.delete(file));
  beforeRecord();
  await writeRecord(target, secret, { publications, files: [...ours], retired: plan.retired, shown, late });
}
