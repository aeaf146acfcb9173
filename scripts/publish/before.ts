import { join } from 'node:path';
import { objectAddress, parseRoot, type Bytes, type LedgerLine } from '../../src/vault/index.ts';
import type { Published } from '../lib/ends.ts';
import { readIfThere } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { localSite, readLedger } from '../steps/membership.ts';
import { askForFile, largestFile, largestRoot } from '../verify/ask.ts';
import { SealedSite } from '../verify/sealed-site.ts';
import type { Live } from './live.ts';
import type { Target } from './target.ts';

/** What members already have before a publish. */
export interface Before {
  /** The site that they hold keys of, if there is one. */
  site: Published | null;
  /** All tokens that it knows. */
  ledger: LedgerLine[];
  /** The highest build number that browsers may have seen; 0 when there is no site. */
  build: number;
}

/**
 * Finds the site that the next one follows: that of the target; or, if the target is new, the one that the address shows
 * until it leads to the target; or, if the target was emptied, the last build on this machine.
 *
 * @param isKnown - whether this machine has published to the target before
 * @throws CommandError when the list of issued tokens is lost
 */
export async function findBefore(
  target: Pick<Target, 'name' | 'read'>,
  { out, site }: Pick<Settings, 'out' | 'site'>,
  secret: Bytes,
  live: Live,
  isKnown: boolean,
): Promise<Before> {
  if (live.site) {
    const read = readFrom(target, out);
    const before = { root: live.site.root, read };
    return { site: before, ledger: await ledgerOf(before, secret, target.name), build: live.build };
  }
  // Keys of a site sealed with another secret open nothing that is published now.
  if (live.build > 0) return { site: null, ledger: [], build: live.build };
  const shown = site === undefined ? null : await shownAt(site, secret);
  if (shown?.isOurs) {
    return { site: shown, ledger: await ledgerOf(shown, secret, site!), build: shown.root.build };
  }
  const local = isKnown ? localSite(out) : null;
  const ledger = local && (await readLedger(local.root, secret, local.read));
  return { site: local, ledger: ledger ?? [], build: shown?.root.build ?? 0 };
}

/** Returns the site at an address, and whether this secret sealed it; null when there is none. */
async function shownAt(site: string, secret: Bytes): Promise<(Published & { isOurs: boolean }) | null> {
  const bytes = await askForFile(`${site}/root`, largestRoot);
  if (typeof bytes === 'string') return null;
  const read = async (path: string) => {
    const file = await askForFile(`${site}/${path}`, largestFile);
    return typeof file === 'string' ? null : file;
  };
  try {
    const root = parseRoot(bytes);
    return { root, read, isOurs: (await SealedSite.ofOperator(secret, bytes, read)) !== null };
  } catch {
    // Some other page.
    return null;
  }
}

/**
 * Reads files of the live site. Falls back to the last build in `out`, which has the same files, if the host lost one.
 */
function readFrom(target: Pick<Target, 'read'>, out: string): Published['read'] {
  return async (path) => (await target.read(path)) ?? readIfThere(join(out, path));
}

/** Returns all tokens that a site knows. */
async function ledgerOf({ root, read }: Published, secret: Bytes, place: string): Promise<LedgerLine[]> {
  const ledger = await readLedger(root, secret, read);
  if (ledger) return ledger;
  throw new CommandError(
    `publish: ${place} has lost the list of issued tokens (${root.ledger === undefined ? 'root names none' : objectAddress(root.ledger)}), without which nobody can tell who was removed. Restore that file from a backup or from the dist/ of the last publish.`,
  );
}
