import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPackage } from '../lib/run.ts';
import { projectRoot } from '../lib/settings.ts';

/** How many tests passed, failed, and were skipped because what they need isn't available here. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs vitest and counts. A run that breaks before it counts is one failure.
 *
 * @param name - the name of this run, for its report in the work folder
 * @param under - a program that vitest is started with, with its arguments, e.g. for a display
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
    // If a test file breaks before its first test, no test has failed.
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
