import { CommandError } from '../lib/main.ts';
import { runPackage } from '../lib/run.ts';
import { projectRoot } from '../lib/settings.ts';
import { lintWorkflows } from './workflows.ts';

/** Each program with its arguments. All of them run even if one fails, so that one run reports everything. */
const programs: { name: string; script: string; args: string[] }[] = [
  // First, as it writes the types of the content store that eslint reads.
  { name: 'astro check', script: 'astro/bin/astro.mjs', args: ['check', '--minimumSeverity=warning'] },
  { name: 'prettier', script: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
  {
    name: 'eslint',
    script: 'eslint/bin/eslint.js',
    // No cache: what eslint finds in a file depends on the types in others.
    args: ['--max-warnings=0', '.'],
  },
  { name: 'tsc (vault)', script: 'typescript/bin/tsc', args: ['-p', 'src/vault'] },
  { name: 'tsc (worker)', script: 'typescript/bin/tsc', args: ['-p', 'src/worker'] },
];

/**
 * Runs the formatter, the linters and the type checks over the whole tree.
 *
 * @returns the number of checks
 * @throws CommandError naming the checks that failed
 */
export async function checkCode(): Promise<number> {
  const failed: string[] = [];
  for (const { name, script, args } of programs) {
    console.log(`lint: ${name}`);
    const code = await runPackage(script, args);
    if (code !== 0) failed.push(name);
  }
  console.log('lint: workflows');
  const faults = await lintWorkflows(projectRoot);
  for (const fault of faults) console.log(fault);
  if (faults.length > 0) failed.push('workflows');
  if (failed.length > 0) throw new CommandError(`lint: ${failed.join(', ')} found problems (see above)`);
  return programs.length + 1;
}
