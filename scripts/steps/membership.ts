import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  objectAddress,
  openLedger,
  parseRoot,
  type Bytes,
  type LedgerLine,
  type Root,
} from '../../src/vault/index.ts';
import { settleEnds, type Published } from '../lib/ends.ts';
import { readIfThere } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { readMembers } from '../lib/members.ts';
import { resolveMembership, type Membership } from '../lib/membership.ts';
import type { Settings } from '../lib/settings.ts';
import { readTiers } from '../lib/tiers.ts';
import { assertContent } from './check.ts';

/**
 * Who may open the next build: members.yaml, corrected by what the build before has sealed for the operator. Lines
 * that the two disagree on are printed.
 *
 * @throws CommandError when everybody would be shut out, or a member is of a tier that is not there
 */
export function findMembership(
  settings: Pick<Settings, 'content' | 'members' | 'date'>,
  known: LedgerLine[],
): Membership {
  const { content, members, date } = settings;
  const listed = readMembers(members);
  const tiers = readTiers(settings);
  if (listed.length === 0 && known.some(({ removed }) => !removed)) {
    throw new CommandError(
      `members: ${members} is missing or empty, but the last build had members; every link would be dead for good. Is KB_MEMBERS right?`,
    );
  }
  const stray = listed.find(({ removed, tier }) => !removed && !tiers.includes(tier));
  if (stray) {
    assertContent(settings);
    throw new CommandError(
      `members: "${stray.id}" has the tier "${stray.tier}", which is not in ${join(content, 'tiers.yaml')}; there is ${tiers.join(', ')}. Bring the tier back there, or put them into another: npm run members -- tier ${stray.id} ${tiers.at(-1)!}`,
    );
  }
  const membership = resolveMembership(listed, known, date, tiers);
  membership.warnings.forEach((warning) => console.warn(warning));
  if (!membership.tokens.some(({ state }) => state === 'active')) {
    console.warn('members: nobody can open this build. Add someone: npm run members -- add ID');
  }
  return membership;
}

/**
 * Who may open the next build in `settings.out`: as {@link findMembership}, by the site that stands there. There is none
 * to speak of where another secret sealed it: with a new secret all tokens of before are dead anyway.
 *
 * @throws CommandError as that does, and when the list of the last build can't be read: without it nobody could tell
 * whose line was deleted
 */
export async function findLocalMembership(settings: Settings, secret: Bytes): Promise<Membership> {
  const last = localSite(settings.out);
  if (!last) return findMembership(settings, []);
  const known = await readLedger(last.root, secret, last.read);
  if (!known && last.root.ledger !== undefined) {
    console.warn(
      `${settings.out}: another secret sealed what stands here; no link of before opens what takes its place`,
    );
  }
  const membership = findMembership(settings, known ?? []);
  return settleEnds(membership, secret, last);
}

function localSite(out: string): Published | null {
  const root = rootIn(out);
  if (!root) return null;
  if (root.ledger !== undefined && !existsSync(join(out, objectAddress(root.ledger)))) {
    throw new CommandError(
      `${out}: the list of members that the last build sealed is gone; bring the whole folder back, or choose another KB_OUT`,
    );
  }
  const read = (path: string) => Promise.resolve(readIfThere(join(out, path)));
  return { root, read };
}

/**
 * The ledger that a root names.
 *
 * @param read - gives the file at a path of the site, or null where there is none
 * @returns null when it is not there or another secret sealed it
 */
export async function readLedger(
  { ledger: name }: Root,
  secret: Bytes,
  read: Published['read'],
): Promise<LedgerLine[] | null> {
  const bytes = name === undefined ? null : await read(objectAddress(name));
  return name === undefined || !bytes ? null : openLedger(secret, { name, bytes });
}

/**
 * The root of the site that stands in a folder; null where there is none.
 *
 * @throws CommandError where it is none that this version can read
 */
export function rootIn(folder: string): Root | null {
  const file = join(folder, 'root');
  const bytes = readIfThere(file);
  try {
    return bytes && parseRoot(bytes);
  } catch (cause) {
    throw new CommandError(`${file}: not a root that this version wrote; choose another KB_OUT`, 1, {
      cause,
    });
  }
}
