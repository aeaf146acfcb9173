import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { findSecret, readSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import type { Target } from './target.ts';

/**
 * Returns the secret to publish with. If none is set, the first publish makes one up. But an existing site had a
 * secret, and a made-up one would be taken for it when somebody looks for the real one.
 *
 * @param replaces - whether a site sealed with another secret may be replaced
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
      `publish: no secret is set, but all links of the site at ${target.name} depend on one. Set KB_SECRET, or put the secret into .kb-secret; if it is lost, see docs/operations.md.`,
    );
  }
  return readSecret(settings, env);
}
