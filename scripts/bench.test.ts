import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { projectRoot } from './lib/settings.ts';

/** Runs the command as people do. Wrong use is refused before anything is measured. */
function bench(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bench.ts', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return `${status} ${stderr.trim()}`;
}

test.each([
  [['gate', '--entries', '100'], 'gate does not take --entries'],
  [['check', '--corpus', 'texts.jsonl'], 'check does not take --corpus'],
  [['week', '--corpus', 'texts.jsonl', '--queries', 'queries.jsonl'], 'week does not take --queries'],
  [['week'], 'week needs --corpus FILE'],
  [['search', '--queries', 'queries.jsonl'], 'search needs --corpus FILE and --queries FILE'],
  [['check', '--entries', 'many'], '--entries takes a whole number, got "many"'],
  [
    ['speed'],
    'expected one of check, preview, gate, search, week, beside, lighthouse, transcript, got "speed"',
  ],
  [[], 'expected one of check, preview, gate, search, week, beside, lighthouse, transcript, got ""'],
])('refuses the arguments %j', (args, said) => {
  expect(bench(...args)).toMatch(new RegExp(`^2 bench: ${said.replaceAll(/[.?]/g, '\\$&')}`));
});
