import { stringify } from 'yaml';
import { LOWEST_TIER } from '../../src/model/audience.ts';
import type { LedgerLine } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Member } from '../lib/members.ts';
import { tiersUpTo } from '../lib/membership.ts';

/**
 * Compares members.yaml with all tokens of the last published site. Each token has to belong to a member or have a
 * tombstone (a removal or a higher serial), and so has each of its tiers. A lost line is far more often a mistake (an
 * old copy of the file, a bad merge) than intended.
 *
 * @param file - the members file, named in messages
 * @param tiers - lowest first
 * @throws CommandError with the lines to put back
 */
export function assertNoneLost(
  file: string,
  members: Member[],
  published: LedgerLine[],
  tiers: readonly string[],
): void {
  const byId = new Map(members.map((member) => [member.id, member]));
  const lost = published.filter(({ id, serial }) => serial > (byId.get(id)?.serial ?? 0));
  const lowered = published.filter((line) => {
    const member = byId.get(line.id);
    if (line.removed || member?.serial !== line.serial || member.removed) return false;
    return !tiersUpTo(member.tier, tiers).includes(line.tier) && !Object.hasOwn(member.lost ?? {}, line.tier);
  });
  const problems: string[] = [];
  if (lost.length > 0) {
    const lines = linesOf(lost, tiers);
    problems.push(
      `publish: ${lines.length} of the members of the last published site are missing from the members file ${file}, or have a lower serial there. Restore their lines, with "expires: DATE" where they had it (builds do not record it) and "removed: DATE" for those who should go:`,
      stringify(lines).trimEnd(),
    );
  }
  for (const { id, tier } of lowered) {
    problems.push(
      `publish: ${id} has the tier "${tier}" on the last published site, but not in ${file}. Restore "tier: ${tier}", or, if they should lose it, add to their line: lost: { ${tier}: DATE }`,
    );
  }
  if (problems.length > 0) throw new CommandError(problems.join('\n'));
}

/** Returns the lines of the newest tokens, as they were in the members file. */
function linesOf(published: LedgerLine[], tiers: readonly string[]): Partial<Member>[] {
  const byId = new Map<string, LedgerLine[]>();
  for (const line of published) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  return [...byId].map(([id, all]) => {
    const serial = Math.max(...all.map((line) => line.serial));
    const rows = all.filter((line) => line.serial === serial);
    const removed = rows.find(({ tier }) => tier === LOWEST_TIER)?.removed;
    const held = rows.filter((row) => removed !== undefined || row.removed === undefined);
    const tier = held.map((row) => row.tier).sort((a, b) => tiers.indexOf(b) - tiers.indexOf(a))[0];
    const gone = rows.filter((row) => !held.includes(row)).map((row) => [row.tier, row.removed!]);
    return {
      id,
      ...(serial > 1 && { serial }),
      ...(tier !== undefined && tier !== LOWEST_TIER && { tier }),
      ...(gone.length > 0 && { lost: Object.fromEntries(gone) as Record<string, string> }),
      ...(removed !== undefined && { removed }),
    };
  });
}
