import { CommandError, readArguments, runMain } from './lib/main.ts';
import { engineNames, installEngine } from './test/engines.ts';
import { startSound } from './test/sound.ts';
import { runSuite } from './test/suite.ts';

const help = `npm run test:browsers [-- ENGINE...]: runs the end-to-end tests in ${engineNames.join(', ')}, or in those named

Installs missing engines with apt. Ends with one line for each engine, "ENGINE: N passed, N failed, N skipped";
docs/browsers.md says what is skipped and why.`;

await runMain(async () => {
  const given = readArguments(help, {}, engineNames.length);
  if (!given) return;
  const unknown = given.positionals.find((name) => !engineNames.includes(name));
  if (unknown !== undefined) {
    throw new CommandError(
      `unknown engine "${unknown}"; expected one of ${engineNames.join(', ')} (--help shows the usage)`,
      2,
    );
  }
  // Install every engine first, so that one that can't be installed is reported before any test has run.
  const names = given.positionals.length > 0 ? given.positionals : engineNames;
  const lines: string[] = [];
  const engines = names.map(installEngine);
  const sound = await startSound();
  try {
    for (const { name, env, under } of engines) {
      const args = ['--config', 'tests/vitest.config.ts', 'tests/e2e'];
      const { passed, failed, skipped } = await runSuite(name, args, { ...env, ...sound.env }, under);
      lines.push(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
      if (failed > 0) process.exitCode = 1;
    }
  } finally {
    sound.stop();
  }
  console.log(lines.join('\n'));
});
