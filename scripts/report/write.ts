import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
