import { join } from 'node:path';
import { addDays } from '../../src/model/week.ts';
import { listFiles } from '../lib/folder.ts';
import { storedAt } from './folder.ts';
import type { PublishRecord } from './record.ts';
import type { Stored } from './target.ts';

/** Objects and theme are kept this many days after the last site that needed them: pages opened before still ask. */
const graceDays = 14;

/**
 * What a publish does, in this order. Nothing that a visitor of the site before needs is touched until `root` names
 * the new one, and nothing of the new one is missing from then on.
 */
export interface Plan {
  /** Sealed objects, theme, index: names that no page of before asks for. */
  newFiles: string[];
  changedFiles: string[];
  newPages: string[];
  changedPages: string[];
  /** What the public could read and shall read no more; gone at once. */
  removed: string[];
  /** Retired longer ago than the days of grace. */
  expired: string[];
  /** What to keep in the record: files needed no more, by the day on which that was first seen. */
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

/** Compares the new site with what the target holds. Changes nothing. */
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
      const day = retiredOn.get(file) ?? today;
      if (day < limit) plan.expired.push(file);
      else (plan.retired[day] ??= []).push(file);
    }
  }
  return plan;
}

/** The files that a publish sends, without `root`. */
export function uploadsOf(plan: Plan): string[] {
  return [...plan.newFiles, ...plan.changedFiles, ...plan.newPages, ...plan.changedPages];
}

const isPage = (file: string) => file.endsWith('.html');
const isSealed = (file: string) => /^o\/[0-9a-f]{2}\/[0-9a-f]{32}$/.test(file);
/** Named for their content, and nothing in them that could be taken back: sealed, or the theme. */
const isUsedOnce = (file: string) => /^(?:o|a)\//.test(file);

function isSame(a: Stored, b: Stored): boolean {
  return a.size === b.size && (b.md5 === undefined || a.md5 === b.md5);
}
