import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPackage } from '../lib/run.ts';
import { projectRoot } from '../lib/settings.ts';

/** How many tests passed, failed, and were skipped because what they ask for can't be had here. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs vitest and counts; a run that breaks before it counts is one failure.
 *
 * @param name - of this run, for its report below the work folder
 * @param under - a program that gives vitest what it needs, with its arguments, e.g. a display
 */
export async function runSuite(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  under: string[] = [],
): Promise<Counts> {
  console.log(`test: ${name}`);
  const report = join(projectRoot, '.work', `report-${name}.json`);
  rmSync(report, { force: true });
  const code = await runPackage(
    'vitest/vitest.mjs',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
    under,
  );
  const { numPassedTests, numFailedTests, numPendingTests } = readReport(report);
  return {
    passed: numPassedTests,
    // A file that fails before its first test has none that failed.
    failed: numFailedTests || (code === 0 ? 0 : 1),
    skipped: numPendingTests,
  };
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  }
}
