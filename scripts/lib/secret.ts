import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSecret, type Bytes } from '../../src/vault/index.ts';
import { CommandError } from './main.ts';
import type { Settings } from './settings.ts';

/**
 * The site's secret, 32 bytes: `KB_SECRET`, else the file that an earlier run left. On a developer's machine the first
 * run writes that file, readable by its owner alone, and says so.
 *
 * @throws CommandError when there is none and `CI` is set, or when it is not 32 bytes of base64url or hex
 */
export function readSecret({ root, ci }: Pick<Settings, 'root' | 'ci'>, env = process.env): Bytes {
  const file = join(root, '.kb-secret');
  if (env.KB_SECRET) return parse(env.KB_SECRET.trim(), 'KB_SECRET');
  if (ci) {
    throw new CommandError(
      'KB_SECRET is not set. With CI=true a build never makes up a secret: every link already sent would stop working. Set it to the 32 bytes (base64url or hex) that your members’ links were made with.',
    );
  }
  if (existsSync(file)) return parse(readFileSync(file, 'utf8').trim(), '.kb-secret');

  const text = randomBytes(32).toString('base64url');
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  console.log(
    'secret: wrote a new one to .kb-secret (git-ignored, mode 600). Keep a copy in a safe place: all links depend on it.',
  );
  return parse(text, '.kb-secret');
}

/** The secret that {@link readSecret} would give, or null where it would make one up or stop for want of one. */
export function findSecret(settings: Pick<Settings, 'root' | 'ci'>, env = process.env): Bytes | null {
  const hasFile = !settings.ci && existsSync(join(settings.root, '.kb-secret'));
  return env.KB_SECRET || hasFile ? readSecret(settings, env) : null;
}

/** The secret as {@link findSecret} gives it, and null too where what is set is none: another finding says so. */
export function usableSecret(settings: Pick<Settings, 'root' | 'ci'>): Bytes | null {
  try {
    return findSecret(settings);
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

/** The ways to write a secret down: as hex, base64url and base64, in this order. */
export function spellingsOf(secret: Bytes): string[] {
  return (['hex', 'base64url', 'base64'] as const).map((form) => Buffer.from(secret).toString(form));
}

function parse(text: string, source: string): Bytes {
  try {
    return parseSecret(text);
  } catch (cause) {
    throw new CommandError(
      `${source} is not 32 bytes in base64url or hex. Bring back the one that your members’ links were made with; for a new site make one: openssl rand -hex 32`,
      source === 'KB_SECRET' ? 2 : 1,
      { cause },
    );
  }
}
