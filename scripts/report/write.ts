import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../lib/folder.ts';
import { markdownOf } from './markdown.ts';
import type { Report, Size } from './report.ts';

/**
 * Writes the report as `report.md` and `report.json`.
 *
 * @returns the Markdown, which a terminal shows as it is
 */
export function writeReport(report: Report, folder: string): string {
  const markdown = markdownOf(report);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.md'), markdown);
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return markdown;
}

/** All files below a folder. */
export function sizeOf(folder: string): Size {
  const files = listFiles(folder);
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}
