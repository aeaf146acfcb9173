import { parseRoot, type Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { askForFile, largestRoot } from '../verify/ask.ts';
import type { Finding } from '../verify/finding.ts';
import type { Target } from './target.ts';
import { cachePatience, waitForRoot } from './verify.ts';

/**
 * Checks that `KB_SITE` was not forgotten. The doors and the worker of a live site name addresses with its path, and new
 * ones replace them before the switch: without the path, they would break the live site.
 *
 * @throws CommandError when the live site has a path and `KB_SITE` is not set, which is hardly ever meant
 */
export async function assertPathKept(
  target: Pick<Target, 'name' | 'read'>,
  { site, base }: Pick<Settings, 'site' | 'base'>,
): Promise<void> {
  if (site !== undefined) return;
  const live = baseOf(await target.read('index.html'));
  if (live === undefined || live === base) return;
  throw new CommandError(
    `publish: the site at ${target.name} has the path ${live}/, but KB_SITE is not set, and pages for no path would break it. Set KB_SITE to the site’s address, also if it has no path any more.`,
  );
}

/**
 * Checks that `KB_SITE` was not forgotten for a site without a path: without the address, a build has no feed and no
 * site map, and nothing checks the upload.
 *
 * @param removed - the files that the publish removes
 * @throws CommandError when it removes the feed or the site map, and `KB_SITE` is not set
 */
export function assertFeedsKept(
  removed: readonly string[],
  target: Pick<Target, 'name'>,
  { site }: Pick<Settings, 'site'>,
): void {
  const lost = removed.find((file) => ['feed.xml', 'sitemap.xml'].includes(file));
  if (site !== undefined || lost === undefined) return;
  throw new CommandError(
    `publish: the site at ${target.name} has ${lost}, but without KB_SITE the new one would not, and nothing would check the upload from outside. Set KB_SITE to the site’s address; to go without on purpose, delete ${lost} there.`,
  );
}

/** Returns the path on its host of the site that a page of ours belongs to, without the last slash. */
export function baseOf(page: Bytes | null): string | undefined {
  const text = page ? new TextDecoder().decode(page.subarray(0, 4096)) : '';
  return /<html[^>]* data-base="([^"]*)\/"/.exec(text)?.[1];
}

/**
 * Checks that the host serves a target, before anything is sent there. Another site on that host might have the same
 * files, and then nothing that is sent would show the mistake.
 *
 * @param patience - how long the host may serve an older `root` from a cache, in milliseconds
 * @returns a finding if it serves another `root` than the target has, or a site although the target is empty
 */
export async function verifyServed(
  site: string,
  target: Pick<Target, 'read'>,
  patience = cachePatience,
): Promise<Finding[]> {
  const address = `${site}/root`;
  const there = await target.read('root');
  const first = await askForFile(address, largestRoot);
  if (typeof first === 'string') return there ? [{ address, problem: first }] : [];
  const problemOf = (answer: Bytes | string) => {
    if (typeof answer === 'string') return there ? answer : null;
    if (there) return Buffer.from(there).equals(answer) ? null : 'the host serves the root of another site';
    return isRoot(answer)
      ? 'the host already serves a site, but the target has none; if this address will lead there later, add --unverified'
      : null;
  };
  const problem = problemOf(first) && (await waitForRoot(address, problemOf, patience));
  return problem === null ? [] : [{ address, problem }];
}

/** Whether a host that answers any address with some page really sent a root file. */
function isRoot(answer: Bytes): boolean {
  try {
    parseRoot(answer);
    return true;
  } catch {
    return false;
  }
}
