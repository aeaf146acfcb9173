import { join } from 'node:path';
import { addDays } from '../../src/model/week.ts';
import { listFiles } from '../lib/folder.ts';
import { storedAt } from './folder.ts';
import type { PublishRecord } from './record.ts';
import type { Stored } from './target.ts';

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
    } else if (!isUsedOnce(file)) {
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

const isPage = (file: string) => file.endsWith('.html');
const isSealed = (file: string) => /^o\/[0-9a-f]{2}\/[0-9a-f]{32}$/.test(file);
/**
 * Whether a file is sealed or of the theme: named by its content, and without anything that would have to be withdrawn.
 */
const isUsedOnce = (file: string) => /^(?:o|a)\//.test(file);

function isSame(there: Stored, here: Stored | null): boolean {
  return there.size === here?.size && (here.md5 === undefined || there.md5 === here.md5);
}
