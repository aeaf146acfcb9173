import { inBatches } from '../../src/vault/batches.ts';
import { epochOf, objectAddress, type Bytes, type Root } from '../../src/vault/index.ts';
import * as decoder from '../audit/decoder/index.ts';
import { readMembers } from '../lib/members.ts';
import { reasonOf } from '../lib/plainly.ts';
import { resolveMembership, type Membership } from '../lib/membership.ts';
import type { Settings } from '../lib/settings.ts';
import type { Site, Source } from '../lib/site.ts';
import { SealedSite, type Read } from './sealed-site.ts';
import { readLedger } from '../steps/membership.ts';
import type { Finding } from './finding.ts';
import { NoFile } from './host.ts';

/** The result of opening a site with the secret. */
export interface Opened {
  findings: Finding[];
  /** Whether members.yaml gives the keys that the site has. If not, somebody was removed or has expired since. */
  isMembershipPublished: boolean;
}

/** A published site as this check sees it. */
interface PublishedSite {
  /** The site's address without a trailing slash. */
  address: string;
  /** As the host sent it; it is not requested again, so that it can't change meanwhile. */
  root: { bytes: Bytes; parsed: Root };
  /** Returns a file of the host, or throws. */
  read: Read;
  secret: Bytes;
}

/**
 * Opens everything sealed with the operator's secret, and compares it with what was rendered here.
 *
 * @param sealed - what was rendered here, by tier
 */
export async function openAll(
  published: PublishedSite,
  sealed: Site['sealed'],
  settings: Pick<Settings, 'members'>,
): Promise<Opened> {
  const { address, root, read, secret } = published;
  const sites = new Map<string, SealedSite>();
  for (const tier of sealed.keys()) {
    const site = await SealedSite.ofOperator(secret, root.bytes, read, tier);
    if (!site) {
      const problem =
        'is not signed with the secret here: it belongs to another site, or was changed on the way';
      return { findings: [{ address: `${address}/root`, problem }], isMembershipPublished: true };
    }
    sites.set(tier, site);
  }
  const expected = [...sealed].flatMap(([tier, paths]) =>
    [...paths].map(([path, { read: rendered }]) => ({ site: sites.get(tier)!, path, rendered })),
  );
  const pages = await inBatches(expected, 8, ({ site, path, rendered }) =>
    examine(`${address}${path}`, () => comparePage(site, path, rendered)),
  );
  let isMembershipPublished = true;
  const lists = await examine(`${address}/root`, async () => {
    const ledger = await readLedger(root.parsed, secret, read);
    if (!ledger) return 'names no list of issued tokens that can be opened';
    const { date, epoch } = root.parsed;
    const members = readMembers(settings.members);
    const { tokens, revoked } = resolveMembership(members, ledger, date, [...sealed.keys()]);
    isMembershipPublished = (await epochOf(secret, revoked)) === epoch;
    if (isMembershipPublished) await openRecords(published, tokens);
    return null;
  });
  return { findings: [...pages.flat(), ...lists], isMembershipPublished };
}

/** Reports what `look` returns or throws as a finding about `address`. */
async function examine(address: string, look: () => Promise<string | null>): Promise<Finding[]> {
  try {
    const problem = await look();
    return problem === null ? [] : [{ address, problem }];
  } catch (error) {
    if (error instanceof NoFile && error.finding.isUnanswered) return [error.finding];
    return [{ address, problem: reasonOf(error) }];
  }
}

/** @returns what is wrong with a page, or null */
async function comparePage(site: SealedSite, path: string, rendered: Source): Promise<string | null> {
  const opened = await site.open(path);
  if (!opened) return 'members find nothing at this address';
  return Buffer.compare(opened, rendered()) === 0
    ? null
    : 'members read other bytes at this address than here';
}

/** @throws Error when the record of a token is missing or doesn't open */
async function openRecords(
  { root, read, secret }: PublishedSite,
  tokens: Membership['tokens'],
): Promise<void> {
  const { epoch, keystore } = root.parsed;
  const shards = await inBatches(keystore, 8, async (name) => ({
    name,
    bytes: (await read(objectAddress(name)))!,
  }));
  decoder.openKeyStore(secret, epoch, shards, tokens);
}
