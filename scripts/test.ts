import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { runPackage } from './lib/run.ts';
import { projectRoot } from './lib/settings.ts';
import { installBrowser } from './steps/browser.ts';
import { checkCode } from './steps/lint.ts';

const help = `npm test: type check, lint, unit tests, tiny sites, and end to end in a real Chromium

Installs the browser where it is missing. Ends with a line "N passed, N failed".`;

interface Counts {
  passed: number;
  failed: number;
}

await runMain(async () => {
  if (!readArguments(help, {})) return;
  const chromium = installBrowser();
  const counts = [
    await lint(),
    await runSuite('unit', ['--config', 'vitest.config.ts']),
    await runSuite('sites', ['--config', 'tests/vitest.config.ts'], { CHROMIUM: chromium }),
  ];
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed') > 0) process.exitCode = 1;
});

async function lint(): Promise<Counts> {
  try {
    return { passed: await checkCode(), failed: 0 };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Runs one vitest suite; a suite that breaks before it counts is one failure. */
async function runSuite(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  console.log(`test: ${name}`);
  const report = join(projectRoot, '.work', `report-${name}.json`);
  rmSync(report, { force: true });
  const { code } = await runPackage(
    'vitest/vitest.mjs',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
  const { numPassedTests, numFailedTests } = readReport(report);
  return { passed: numPassedTests, failed: numFailedTests || (code === 0 ? 0 : 1) };
}

function readReport(file: string): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
