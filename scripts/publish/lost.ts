import { stringify } from 'yaml';
import type { LedgerLine } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Member } from '../lib/members.ts';

/**
 * Holds members.yaml against all tokens of the last published site. Each has to be a member's, or have a tombstone: a
 * removal, or a higher serial. A lost line is a slip (an old copy of the file, a bad merge) far more often than a wish.
 *
 * @throws CommandError with the lines to put back
 */
export function assertNoneLost(members: Member[], published: LedgerLine[]): void {
  const byId = new Map(members.map((member) => [member.id, member]));
  const lost = published.filter(({ id, serial }) => serial > (byId.get(id)?.serial ?? 0));
  if (lost.length === 0) return;

  const newest = new Map<string, LedgerLine>();
  for (const line of lost) if (line.serial > (newest.get(line.id)?.serial ?? 0)) newest.set(line.id, line);
  const lines = [...newest.values()].map(({ id, serial, tier, removed }) => ({
    id,
    ...(serial > 1 && { serial }),
    ...(tier !== 'members' && { tier }),
    ...(removed !== undefined && { removed }),
  }));
  throw new CommandError(
    [
      `publish: ${newest.size} of the members that the live site knows are missing from the members file, or stand there with a lower serial. Put their lines back (and "removed: DATE" on those who are to go):`,
      stringify(lines).trimEnd(),
    ].join('\n'),
  );
}
