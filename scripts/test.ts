import { CommandError, readArguments, runMain } from './lib/main.ts';
import { installBrowser } from './test/browser.ts';
import { checkCode } from './lint/check-code.ts';
import { installServers } from './test/servers.ts';
import { runSuite, type Counts } from './test/suite.ts';

const help = `npm test: runs the type check, lint, unit tests, tiny sites, and end to end in a real Chromium

Installs the browser if it is missing. The tests with real servers (nginx, sshd, rsync) install them in CI and for root
on Debian; elsewhere they are skipped, with a line that says so. Ends with a line "N passed, N failed".`;

await runMain(async () => {
  if (!readArguments(help, {})) return;
  const chromium = installBrowser();
  const skipped = installServers();
  const counts = [
    // These two run side by side, as each leaves a core idle most of the time.
    ...(await Promise.all([lint(), runSuite('unit', ['--config', 'vitest.config.ts'])])),
    await runSuite('sites', ['--config', 'tests/vitest.config.ts'], { CHROMIUM: chromium }),
  ];
  const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0);
  if (skipped !== undefined) console.log(`test: ${skipped}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed') > 0) process.exitCode = 1;
});

async function lint(): Promise<Counts> {
  try {
    return { passed: await checkCode(), failed: 0, skipped: 0 };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
