import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSecret, type Bytes } from '../../src/vault/index.ts';
import { CommandError } from './main.ts';
import type { Settings } from './settings.ts';

/**
 * Reads the site's secret, 32 bytes, from `KB_SECRET`, else from `.kb-secret`. If there is neither, it makes a secret
 * up, writes it to that file, readable by its owner alone, and says so.
 *
 * @throws CommandError when there is none and `CI` is set, or when it is not 32 bytes of base64url or hex
 */
export function readSecret({ root, ci }: Pick<Settings, 'root' | 'ci'>, env = process.env): Bytes {
  const file = join(root, '.kb-secret');
  if (env.KB_SECRET) return parse(env.KB_SECRET.trim(), 'KB_SECRET');
  if (ci) {
    throw new CommandError(
      'KB_SECRET is not set. With CI=true a build never generates a secret, because every link already sent would stop working. Set KB_SECRET to the 32 bytes (base64url or hex) that your members’ links were made with.',
    );
  }
  if (existsSync(file)) return parse(readFileSync(file, 'utf8').trim(), '.kb-secret');

  const text = randomBytes(32).toString('base64url');
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  console.log(
    'secret: wrote a new secret to .kb-secret (git-ignored, mode 600). Keep a copy in a safe place: all links depend on it.',
  );
  return parse(text, '.kb-secret');
}

/** As {@link readSecret}, but null where that would make up a secret or refuse because none is set. */
export function findSecret(settings: Pick<Settings, 'root' | 'ci'>, env = process.env): Bytes | null {
  const hasFile = !settings.ci && existsSync(join(settings.root, '.kb-secret'));
  return env.KB_SECRET || hasFile ? readSecret(settings, env) : null;
}

/** As {@link findSecret}, but null also for an invalid secret, which another finding reports. */
export function usableSecret(settings: Pick<Settings, 'root' | 'ci'>): Bytes | null {
  try {
    return findSecret(settings);
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

/** Returns the secret as hex, base64url and base64, in this order. */
export function spellingsOf(secret: Bytes): string[] {
  return (['hex', 'base64url', 'base64'] as const).map((form) => Buffer.from(secret).toString(form));
}

function parse(text: string, source: string): Bytes {
  try {
    return parseSecret(text);
  } catch (cause) {
    throw new CommandError(
      `${source} is not 32 bytes in base64url or hex. Restore the secret that your members’ links were made with; for a new site, generate one: openssl rand -hex 32`,
      source === 'KB_SECRET' ? 2 : 1,
      { cause },
    );
  }
}
