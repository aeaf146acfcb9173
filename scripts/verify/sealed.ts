import { inBatches } from '../../src/vault/batches.ts';
import { epochOf, objectAddress, type Bytes, type Root } from '../../src/vault/index.ts';
import * as decoder from '../audit/decoder/index.ts';
import { readMembers } from '../lib/members.ts';
import { reasonOf } from '../lib/plainly.ts';
import { resolveMembership } from '../lib/membership.ts';
import type { Settings } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';
import { SealedSite, type Read } from '../publish/sealed-site.ts';
import { readLedger } from '../steps/membership.ts';
import type { Finding } from './finding.ts';
import { NoFile } from './host.ts';

/** The result of opening a site with the secret. */
export interface Opened {
  findings: Finding[];
  /** Whether members.yaml gives the keys that the site has. If not, somebody was removed or has expired since. */
  isMembershipPublished: boolean;
}

/**
 * Opens everything sealed with the operator's secret, and compares it with what was rendered here.
 *
 * @param root - as the host sent it; it is not requested again, so that it can't change meanwhile
 * @param read - returns a file of the host, or throws
 */
export async function openAll(
  address: string,
  root: { bytes: Bytes; parsed: Root },
  read: Read,
  secret: Bytes,
  sealed: Site['sealed'],
  settings: Pick<Settings, 'members'>,
): Promise<Opened> {
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
  /** Reports what `look` returns or throws as a finding about `address`. */
  const examine = async (address: string, look: () => Promise<string | null>): Promise<Finding[]> => {
    try {
      const problem = await look();
      return problem === null ? [] : [{ address, problem }];
    } catch (error) {
      if (error instanceof NoFile && error.finding.isUnanswered) return [error.finding];
      return [{ address, problem: reasonOf(error) }];
    }
  };
  const expected = [...sealed].flatMap(([tier, paths]) =>
    [...paths].map(([path, source]) => ({ tier, path, source: source.read })),
  );
  const pages = await inBatches(expected, 8, ({ tier, path, source }) =>
    examine(`${address}${path}`, async () => {
      const opened = await sites.get(tier)!.open(path);
      if (!opened) return 'members find nothing at this address';
      return Buffer.compare(opened, source()) === 0
        ? null
        : 'members read other bytes at this address than here';
    }),
  );

  let isMembershipPublished = true;
  const lists = await examine(`${address}/root`, async () => {
    const ledger = await readLedger(root.parsed, secret, read);
    if (!ledger) return 'names no list of issued tokens that can be opened';
    const { tokens, revoked } = resolveMembership(readMembers(settings.members), ledger, root.parsed.date, [
      ...sealed.keys(),
    ]);
    const { epoch } = root.parsed;
    isMembershipPublished = (await epochOf(secret, revoked)) === epoch;
    if (!isMembershipPublished) return null;
    const shards = root.parsed.keystore.map(async (name) => ({
      name,
      bytes: (await read(objectAddress(name)))!,
    }));
    decoder.openKeyStore(secret, epoch, await Promise.all(shards), tokens);
    return null;
  });
  return { findings: [...pages.flat(), ...lists], isMembershipPublished };
}
