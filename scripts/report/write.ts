import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Late } from '../digest/late.ts';
import { readIfThere } from '../lib/folder.ts';
import { markdownOf } from './markdown.ts';
import type { Report } from './report.ts';

/**
 * Writes the report as `report.md` and `report.json`.
 *
 * @returns the Markdown, which a terminal can show unchanged
 */
export function writeReport(report: Report, folder: string): string {
  const markdown = markdownOf(report);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.md'), markdown);
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return markdown;
}

/** Returns the late pieces of the last report in a folder; none if there is no report, or an older version wrote it. */
export function readLate(folder: string): Late {
  const bytes = readIfThere(join(folder, 'report.json'));
  if (!bytes) return {};
  try {
    return (JSON.parse(Buffer.from(bytes).toString()) as Partial<Report>).late ?? {};
  } catch {
    // Half of a report, for which a full disk is to blame.
    return {};
  }
}
