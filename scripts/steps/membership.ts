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
 * Decides who may open the next build: members.yaml, corrected by the ledger that the last build sealed for the
 * operator. Prints a warning for each difference between the two.
 *
 * @throws CommandError when everybody would be shut out, or a member has a tier that doesn't exist
 */
export function findMembership(
  settings: Pick<Settings, 'content' | 'members' | 'date'>,
  known: LedgerLine[],
): Membership {
  const { content, members, date } = settings;
  const listed = readMembers(members);
  const tiers = readTiers(settings);
  if (listed.length === 0) assertNoneShutOut(members, known);
  const stray = listed.find(({ removed, tier }) => !removed && !tiers.includes(tier));
  if (stray) {
    assertContent(settings);
    throw new CommandError(
      `members: "${stray.id}" has the tier "${stray.tier}", which is not in ${join(content, 'tiers.yaml')}; the tiers are ${tiers.join(', ')}. Restore the tier there, or move them to another: npm run members -- tier ${stray.id} ${tiers.at(-1)!}`,
    );
  }
  const membership = resolveMembership(listed, known, date, tiers);
  membership.warnings.forEach((warning) => console.warn(warning));
  if (!membership.tokens.some(({ state }) => state === 'active')) {
    console.warn('members: nobody can open this build; to add a member: npm run members -- add ID');
  }
  return membership;
}

/** @throws CommandError when `known` lets anybody in, because a build without `file` would shut them all out */
function assertNoneShutOut(file: string, known: readonly LedgerLine[]): void {
  const letIn = known.filter(({ removed }) => !removed);
  if (letIn.length === 0) return;
  if (letIn.every(({ id }) => id === TRIAL_MEMBER)) {
    throw new CommandError(
      `members: nobody is in ${file} yet; only npm start makes up a member. To add the first one: npm run members -- add ID`,
    );
  }
  throw new CommandError(
    `members: ${file} is missing or empty, but the last build had members; every link would stop working for good. Is KB_MEMBERS right? If the file is lost, see docs/operations.md.`,
  );
}

/** The member that `npm start` makes up as long as there is no members file. */
export const TRIAL_MEMBER = 'me';

/**
 * Returns the lines of those whom the last build in `out` lets in, without {@link TRIAL_MEMBER}; none if it was sealed
 * with another secret.
 *
 * @throws CommandError as {@link localSite} does
 */
export async function letInByLastBuild(out: string, secret: Bytes): Promise<LedgerLine[]> {
  const last = localSite(out);
  const known = (last && (await readLedger(last.root, secret, last.read))) ?? [];
  return known.filter(({ id, removed }) => !removed && id !== TRIAL_MEMBER);
}

/**
 * Checks before a start without a members file that the last build let nobody in who would be shut out by it.
 *
 * @throws CommandError when it did
 */
export async function assertNothingLost({ out, members }: Settings, secret: Bytes): Promise<void> {
  assertNoneShutOut(members, await letInByLastBuild(out, secret));
}

/**
 * As {@link findMembership}, for the next build in `settings.out`, with the ledger of the site there. A site sealed
 * with another secret has no say: with a new secret all earlier tokens are dead anyway.
 *
 * @throws CommandError as that does, and when the ledger of the last build is gone: without it nobody could tell whose
 *   line was deleted
 */
export async function findLocalMembership(settings: Settings, secret: Bytes): Promise<Membership> {
  const last = localSite(settings.out);
  if (!last) return findMembership(settings, []);
  const known = await readLedger(last.root, secret, last.read);
  if (!known && last.root.ledger !== undefined) {
    console.warn(
      `${settings.out}: the site here was sealed with another secret; no earlier link will open the new build`,
    );
  }
  const membership = findMembership(settings, known ?? []);
  return settleEnds(membership, secret, last);
}

/**
 * Returns the site in a folder, or null if there is none.
 *
 * @throws CommandError when the list of members that its root names is missing
 */
export function localSite(out: string): Published | null {
  const root = rootIn(out);
  if (!root) return null;
  if (root.ledger !== undefined && !existsSync(join(out, objectAddress(root.ledger)))) {
    throw new CommandError(
      `${out}: the list of issued tokens of the last build is missing; restore the whole folder, or choose another KB_OUT`,
    );
  }
  const read = (path: string) => Promise.resolve(readIfThere(join(out, path)));
  return { root, read };
}

/**
 * Reads the ledger that a root names.
 *
 * @param read - returns the file at a path of the site, or null if there is none
 * @returns null if it is missing or sealed with another secret
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
 * Reads the root of the site in a folder; null if there is none.
 *
 * @throws CommandError when this version can't read it
 */
export function rootIn(folder: string): Root | null {
  const file = join(folder, 'root');
  const bytes = readIfThere(file);
  try {
    return bytes && parseRoot(bytes);
  } catch (cause) {
    throw new CommandError(`${file}: is not a root file written by this version; choose another KB_OUT`, 1, {
      cause,
    });
  }
}
