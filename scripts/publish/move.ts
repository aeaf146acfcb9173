import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { askForFile, largestRoot } from '../verify/ask.ts';
import type { Finding } from '../verify/finding.ts';
import type { Target } from './target.ts';

/**
 * Whether the site at a target was built for another path than the new one. Its doors and its worker name addresses
 * with that path, and the new ones replace them before the switch: at the wrong path, they would break the live site.
 *
 * @throws CommandError when the live site has a path and `KB_SITE` is not set, which is hardly ever meant
 */
export async function isMove(
  target: Pick<Target, 'name' | 'read'>,
  { site, base }: Pick<Settings, 'site' | 'base'>,
): Promise<boolean> {
  const live = baseOf(await target.read('index.html'));
  if (live === undefined || live === base) return false;
  if (site !== undefined) return true;
  throw new CommandError(
    `publish: the site at ${target.name} has the path ${live}/, but KB_SITE is not set, and pages for no path would break it. Set KB_SITE to the site’s address, also if it has no path any more.`,
  );
}

/** Returns the path on its host of the site that a page of ours belongs to, without the last slash. */
export function baseOf(page: Bytes | null): string | undefined {
  const text = page ? new TextDecoder().decode(page.subarray(0, 4096)) : '';
  return /<html[^>]* data-base="([^"]*)\/"/.exec(text)?.[1];
}

/**
 * Checks that the host serves a target at the new address, before anything is sent there.
 *
 * @returns a finding if it serves another `root` than the target has, or none
 */
export async function verifyServed(site: string, target: Pick<Target, 'read'>): Promise<Finding[]> {
  const address = `${site}/root`;
  const [there, answer] = [await target.read('root'), await askForFile(address, largestRoot)];
  if (typeof answer === 'string') return [{ address, problem: answer }];
  if (there && Buffer.from(there).equals(answer)) return [];
  return [{ address, problem: 'the host serves the root of another site' }];
}
