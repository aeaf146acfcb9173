import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { findSecret, readSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import type { Target } from './target.ts';

/**
 * The secret to publish with. Where none is set, the first publish makes one up; but a site that stands had one, and
 * a made-up one would lie in its place when somebody looks for it.
 *
 * @param replaces - whether the site that stands may be replaced by that of another secret
 * @throws CommandError when none is set and the target has a site
 */
export async function secretFor(
  target: Pick<Target, 'name' | 'read'>,
  settings: Pick<Settings, 'root' | 'ci'>,
  replaces: boolean,
  env = process.env,
): Promise<Bytes> {
  if (!replaces && !findSecret(settings, env) && (await target.read('root'))) {
    throw new CommandError(
      `publish: no secret is set, and there is a site at ${target.name} whose links all depend on one. Set KB_SECRET, or put it into .kb-secret; if it is lost, see docs/operations.md.`,
    );
  }
  return readSecret(settings, env);
}
