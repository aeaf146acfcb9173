import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tryGit } from '../../src/git.ts';
import { visible } from '../../src/text/visible.ts';
import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { findSecret, spellingsOf } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, unknown, warning, type Diagnosis } from './diagnosis.ts';
import { grepTrees, NO_SEARCH, treesOf } from './repository.ts';

/** Files that must never be in a repository. */
const neverTracked = ['.kb-secret', '.env', 'dist', '.work'];

/** Checks the site's secret: whether there is one, who can read it, and whether the repository contains it. */
export function examineSecret(settings: Settings): Diagnosis[] {
  let secret: Bytes | null;
  try {
    secret = findSecret(settings);
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    return [error('secret', cause.message, 'restore the right secret: see docs/operations.md')];
  }
  const file = join(settings.root, '.kb-secret');
  const diagnoses: Diagnosis[] = [];
  if (!secret) {
    diagnoses.push(
      warning('secret', 'not set', 'npm start generates one on this machine; for a live site, set KB_SECRET'),
    );
  } else {
    diagnoses.push(ok('secret', process.env.KB_SECRET ? 'from KB_SECRET' : 'from .kb-secret'));
  }
  if (process.platform !== 'win32' && existsSync(file) && (statSync(file).mode & 0o077) !== 0) {
    diagnoses.push(
      error('secret', 'other users of this machine can read .kb-secret', 'chmod 600 .kb-secret'),
    );
  }
  if (treesOf(settings).length === 0)
    return [...diagnoses, unknown('secret', 'not searched for in git: this is not a repository')];
  const [tracked] = tryGit(settings.root, ['ls-files', '-z', '--', ...neverTracked])?.split('\0') ?? [];
  if (tracked) {
    diagnoses.push(
      error(
        'secret',
        `git tracks ${visible(tracked)}`,
        // Without the rest of the name: it may come from anyone, and this may be copied into a shell.
        `git rm -r --cached ${tracked.split('/')[0]!}; if it was pushed, the secret is exposed: rotate it, see docs/operations.md`,
      ),
    );
  }
  if (secret) diagnoses.push(...searchIn(settings, secret));
  return diagnoses;
}

/** Searches every file that git has or would add for the secret, in each of its spellings. */
function searchIn(settings: Settings, secret: Bytes): Diagnosis[] {
  // The secret goes through standard input: anyone on this machine can read command lines.
  const found = grepTrees(settings, ['-i', '-l', '-F', '-f', '-'], `${spellingsOf(secret).join('\n')}\n`);
  if (!found) return [unknown('secret', NO_SEARCH)];
  if (found.length === 0) return [ok('secret', 'not in any file in git')];
  return [
    error(
      'secret',
      `found in ${found.join(', ')}`,
      'remove it; if it was committed, rotate it: see docs/operations.md',
    ),
  ];
}
