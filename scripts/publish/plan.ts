import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/model/week.ts';
import { inBatches } from '../../src/vault/batches.ts';
import { listFiles } from '../lib/folder.ts';
import { isMade } from '../lib/output.ts';
import { isPage } from '../lib/page-files.ts';
import type { Size } from '../lib/size.ts';
import { storedAt } from './folder.ts';
import type { Live } from './live.ts';
import { baseOf } from './move.ts';
import type { Publication, PublishRecord } from './record.ts';
import type { Stored, Target } from './target.ts';

/**
 * Objects and theme are kept for this many days after the last site that needed them: pages still open request them.
 */
const graceDays = 14;

/**
 * The steps of a publish, in this order. Until `root` names the new site, nothing that a visitor of the old site needs
 * is touched; from then on, nothing of the new site is missing.
 */
export interface Plan {
  /** Sealed objects, theme and index: files with new names, which no page of the old site requests. */
  newFiles: string[];
  changedFiles: string[];
  newPages: string[];
  changedPages: string[];
  /** Files that the public could read and may not read any more; they are removed immediately. */
  removed: string[];
  /** Files retired longer ago than the grace period. */
  expired: string[];
  /** For the record: files no longer needed, by the day on which that was first noticed. */
  retired: Record<string, string[]>;
  /** Files at the target that we did not write; they are left alone. */
  foreign: string[];
}

export interface PlanInput {
  /** The folder with the new site. */
  folder: string;
  there: Map<string, Stored>;
  record: PublishRecord | null;
  today: string;
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
}: {
  target: Target;
  folder: string;
  live: Pick<Live, 'build' | 'record'>;
  publication: Publication;
}): Promise<Plan> {
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

/** Compares the new site with the target's files. Changes nothing. */
export function planPublish({ folder, there, record, today }: PlanInput): Plan {
  const local = listFiles(folder).filter((file) => file !== 'root');
  const plan: Plan = {
    newFiles: [],
    changedFiles: [],
    newPages: [],
    changedPages: [],
    removed: [],
    expired: [],
    retired: {},
    foreign: [],
  };
  for (const file of local) {
    const stored = there.get(file);
    if (stored && isSame(stored, storedAt(join(folder, file), file))) continue;
    const [changed, added] = isPage(file)
      ? [plan.changedPages, plan.newPages]
      : [plan.changedFiles, plan.newFiles];
    (stored ? changed : added).push(file);
  }

  const needed = new Set(local);
  const ours = new Set(record?.files);
  const retiredOn = new Map(
    Object.entries(record?.retired ?? {}).flatMap(([day, files]) => files.map((file) => [file, day])),
  );
  const limit = addDays(today, -graceDays);
  for (const file of there.keys()) {
    if (needed.has(file) || file === 'root' || file.startsWith('publish/')) continue;
    if (!isSealed(file) && !ours.has(file)) {
      plan.foreign.push(file);
    } else if (!hasGrace(file)) {
      plan.removed.push(file);
    } else {
      const noted = retiredOn.get(file) ?? today;
      // A day still to come was noted by a clock that was ahead; counted from then, the file could stay for years.
      const day = noted < today ? noted : today;
      if (day < limit) plan.expired.push(file);
      else (plan.retired[day] ??= []).push(file);
    }
  }
  return plan;
}

/** Returns the files that a publish uploads, without `root`. */
export function uploadsOf(plan: Plan): string[] {
  return [...plan.newFiles, ...plan.changedFiles, ...plan.newPages, ...plan.changedPages];
}

/** Returns the number and size of all files that a publish uploads, with `root`. */
export function uploadSize(folder: string, plan: Plan): Size {
  const files = ['root', ...uploadsOf(plan)];
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}

/** Returns the files that a publish removes. */
export function removalsOf(plan: Plan): string[] {
  return [...plan.removed, ...plan.expired];
}

const isSealed = (file: string) => /^o\/[0-9a-f]{2}\/[0-9a-f]{32}$/.test(file);
/**
 * Whether a file that is no longer needed stays for {@link graceDays}: it is sealed or of the theme, so it has nothing
 * that would have to be withdrawn.
 */
const hasGrace = (file: string) => /^(?:o|a)\//.test(file);

function isSame(there: Stored, here: Stored | null): boolean {
  return there.size === here?.size && (here.md5 === undefined || there.md5 === here.md5);
}
