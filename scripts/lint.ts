import { readArguments, runMain } from './lib/main.ts';
import { checkCode } from './lint/check-code.ts';

const help = `npm run lint: runs the formatter, linter and type checks on the whole tree`;

await runMain(async () => {
  if (readArguments(help, {})) await checkCode();
});
