import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseRoot, type Bytes } from '../../src/vault/index.ts';
import { inBatches } from '../../src/vault/batches.ts';
import type { Shown } from '../lib/changes.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { isMade } from '../lib/output.ts';
import { reasonOf } from '../lib/plainly.ts';
import type { Held } from './claim.ts';
import { baseOf } from './move.ts';
import { planPublish, uploadsOf, type Plan } from './plan.ts';
import { writeRecord, type Publication, type PublishRecord } from './record.ts';
import type { Late } from '../digest/late.ts';
import { SealedSite } from '../verify/sealed-site.ts';
import type { Target } from './target.ts';

const publicationsKept = 50;

/** The site that a target currently serves. */
export interface Live {
  /** Null when there is none, or another secret sealed it. */
  site: SealedSite | null;
  /** The number of its build, whoever sealed it; 0 when there is none. */
  build: number;
  record: PublishRecord | null;
}

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

/**
 * Plans a publish without changing anything. If the record can't be read, because another secret sealed it or it is
 * lost, everything at the target that only a build makes counts as ours. Otherwise, the public could read it for ever.
 */
export async function planUpload({
  target,
  folder,
  live,
  publication,
}: Pick<Upload, 'target' | 'folder' | 'live' | 'publication'>): Promise<Plan> {
  const job = { folder, there: await target.list(''), today: publication.published };
  const plan = planPublish({ ...job, record: live.record });
  if (live.record || live.build === 0) return plan;
  const base = baseOf(readFileSync(join(folder, 'index.html')));
  const files = await madeOf(target, plan.foreign, base);
  return planPublish({ ...job, record: { publications: [], files, retired: {} } });
}

/** Names with a digest, which builds give to scripts, styles and media: another file in their folders is foreign. */
const digested = /^(?:a\/[^/]+\.[\w-]{8}\.(?:css|js)|media\/[0-9a-f]{20}[-./].+)$/;

/**
 * Returns those files that builds of this site made. Anybody may have put a page there, also another site of ours in a
 * folder of this one, so pages are looked at.
 *
 * @param base - the path of this site on its host
 */
async function madeOf(target: Target, files: string[], base: string | undefined): Promise<string[]> {
  const isOurs = async (file: string) => {
    if (/^(?:a|media)\//.test(file)) return digested.test(file);
    if (!file.endsWith('.html')) return true;
    const own = baseOf(await target.read(file));
    return own !== undefined && own === base;
  };
  const found = await inBatches(files.filter(isMade), 8, async (file) =>
    (await isOurs(file)) ? [file] : [],
  );
  return found.flat();
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
  const publications = [
    publication,
    ...(before?.publications ?? []).filter(({ build }) => build < publication.build),
  ].slice(0, publicationsKept);
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

  const gone = [...plan.removed, ...plan.expired];
  if (gone.length > 0) await step('remove', gone.length, () => target.remove(gone));
  gone.forEach((file) => ours.delete(file));
  beforeRecord();
  await writeRecord(target, secret, { publications, files: [...ours], retired: plan.retired, shown, late });
}

/**
 * Reads what a target currently serves.
 *
 * @throws CommandError when it holds files that no publish of ours wrote, or its root is damaged
 */
export async function readLive(target: Target, secret: Bytes, record: PublishRecord | null): Promise<Live> {
  const root = await target.read('root');
  if (!root) {
    if (!record && [...(await target.list('')).keys()].some((file) => !file.startsWith('publish/'))) {
      throw new CommandError(
        `publish: ${target.name} has files that no publish wrote; empty it or choose another target`,
      );
    }
    return { site: null, build: 0, record };
  }
  try {
    const { build } = parseRoot(root);
    const site = await SealedSite.ofOperator(secret, root, (path) => target.read(path));
    return { site, build, record };
  } catch (cause) {
    throw new CommandError(
      `publish: ${target.name} has a root file that no publish wrote, or that is damaged: ${reasonOf(cause)}`,
      1,
      { cause },
    );
  }
}

/** Returns how many bytes an upload sends, including `root`. */
export function bytesOf(folder: string, plan: Plan): number {
  return ['root', ...uploadsOf(plan)].reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
