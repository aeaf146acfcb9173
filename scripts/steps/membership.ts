import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  objectAddress,
  openLedger,
  parseRoot,
  type Bytes,
  type LedgerLine,
  type Root,
} from '../../src/vault/index.ts';
import { readMembers, resolveMembership, type Membership } from '../lib/members.ts';
import type { Settings } from '../lib/settings.ts';

/**
 * Who may open the next build: members.yaml, corrected by what the build before has sealed for the operator. Lines
 * that the two disagree on are printed.
 */
export function findMembership(
  { members, date }: Pick<Settings, 'members' | 'date'>,
  known: LedgerLine[],
): Membership {
  const membership = resolveMembership(readMembers(members), known, date);
  membership.warnings.forEach((warning) => console.warn(warning));
  if (!membership.tokens.some(({ state }) => state === 'active')) {
    console.warn('members: nobody can open this build. Add someone: npm run members -- add ID');
  }
  return membership;
}

/** The ledger of the site in `out`; empty when there is none or another secret sealed it. */
export async function readLocalLedger(out: string, secret: Bytes): Promise<LedgerLine[]> {
  const rootFile = join(out, 'root');
  if (!existsSync(rootFile)) return [];
  const read = (path: string) =>
    Promise.resolve(existsSync(join(out, path)) ? readBytes(join(out, path)) : null);
  return (await readLedger(parseRoot(readBytes(rootFile)), secret, read)) ?? [];
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
  read: (path: string) => Promise<Bytes | null>,
): Promise<LedgerLine[] | null> {
  const bytes = name === undefined ? null : await read(objectAddress(name));
  return name === undefined || !bytes ? null : openLedger(secret, { name, bytes });
}

function readBytes(file: string): Bytes {
  return new Uint8Array(readFileSync(file));
}
