import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueToken, type Bytes } from '../../src/vault/index.ts';
import { listFiles } from '../lib/folder.ts';
import type { Membership } from '../lib/membership.ts';
import { logicalPath } from '../lib/page-files.ts';
import { reasonOf } from '../lib/plainly.ts';
import { inBatches } from '../../src/vault/batches.ts';
import { askForFile, largestRoot } from '../verify/ask.ts';
import type { Finding } from '../verify/finding.ts';
import { Host, NoFile } from '../verify/host.ts';
import { SealedSite } from '../verify/sealed-site.ts';

/** How many files of a kind are checked: enough to notice any mistake that affects more than a few. */
const sampleSize = 24;
/** How long a host or CDN may serve the old `root` from its cache, in milliseconds. */
export const cachePatience = 90_000;
const pause = 1_000;

/**
 * Requests files that were just uploaded from the host.
 *
 * @returns one finding for each that doesn't come back as it was sent
 */
export async function verifyFiles(host: Host, folder: string, files: string[]): Promise<Finding[]> {
  const findings = await inBatches(sample(files), 8, async (file): Promise<Finding[]> => {
    const path = logicalPath(file);
    const uploaded = readFileSync(join(folder, file));
    try {
      const answer = await host.read(path.slice(1), uploaded.length);
      if (uploaded.equals(answer)) return [];
      return [{ address: host.site + path, problem: 'the host serves other bytes than were uploaded' }];
    } catch (error) {
      if (error instanceof NoFile) return [error.finding];
      throw error;
    }
  });
  return findings.flat();
}

/**
 * Visits the site like a member, once for each tier that has members: reads `root`, unlocks with a token, and opens
 * pages behind their doors.
 *
 * @param folder - the site as it was built
 * @returns one finding for each problem
 */
export async function verifyVisit(
  host: Host,
  folder: string,
  membership: Membership,
  secret: Bytes,
): Promise<Finding[]> {
  const local = readFileSync(join(folder, 'root'));
  const address = `${host.site}/root`;
  const late = await waitForRoot(address, (answer) => {
    if (typeof answer === 'string') return answer;
    return local.equals(answer) ? null : 'the host still serves the previous root';
  });
  if (late) return [{ address, problem: late }];

  const pages = listFiles(folder).filter((file) => file.endsWith('/index.html') || file === 'index.html');
  const findings = await verifyFiles(host, folder, pages);
  const active = membership.tokens.filter(({ state }) => state === 'active');
  for (const { id, serial, tier } of new Map(active.map((token) => [token.tier, token])).values()) {
    try {
      const token = await issueToken(secret, id, serial);
      const visited = await SealedSite.ofMember(token, new Uint8Array(local), host.read);
      await openSome(visited, pages.map(logicalPath));
    } catch (error) {
      const problem = `a member of the tier "${tier}" can't get in: ${reasonOf(error)}`;
      findings.push({ address: `${host.site}/`, problem });
    }
  }
  return findings;
}

/** Opens some of the pages that these keys open. @throws Error when one doesn't open */
async function openSome(visited: SealedSite, paths: string[]): Promise<void> {
  const sealed: string[] = [];
  for (const path of paths) if (await visited.has(path)) sealed.push(path);
  for (const path of sample(sealed)) await visited.open(path);
}

/**
 * Asks a host for its `root` until the answer is right, and says so if the first one isn't: the operator may know better
 * than that a cache is to blame.
 *
 * @param problemOf - returns what is wrong with an answer, or null
 * @param patience - how long to ask, in milliseconds
 * @returns what is wrong with the last answer, or null
 */
export async function waitForRoot(
  url: string,
  problemOf: (answer: Bytes | string) => string | null,
  patience = cachePatience,
): Promise<string | null> {
  let isTold = false;
  for (const start = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, pause))) {
    const problem = problemOf(await askForFile(url, largestRoot));
    if (problem === null || Date.now() - start >= patience) return problem;
    if (!isTold) console.log(`${url}: ${problem}; waiting up to ${patience / 1000} s for a cache to expire`);
    isTold = true;
  }
}

/** Takes a sample, evenly spread, including the first and the last item. */
function sample<T>(items: T[]): T[] {
  if (items.length <= sampleSize) return items;
  return Array.from(
    { length: sampleSize },
    (_, i) => items[Math.round((i * (items.length - 1)) / (sampleSize - 1))]!,
  );
}
