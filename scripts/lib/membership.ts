import { LOWEST_TIER } from '../../src/model/audience.ts';
import type { Issued, LedgerLine } from '../../src/vault/index.ts';
import { memberState, type Member, type MemberState } from './members.ts';

export interface Membership {
  /**
   * One for each token that the key store still answers by name, sorted by id and serial; with the tier that it opens.
   */
  tokens: (Pick<Member, 'id' | 'serial' | 'tier'> & MemberState)[];
  /** What the epoch is derived from: each tier that a token once had and has lost. */
  revoked: Issued[];
  /** What the next build will know of this one: one entry for each tier that a token has or had. */
  ledger: LedgerLine[];
  /** One sentence for each difference between members.yaml and the last build. */
  warnings: string[];
}

/**
 * Decides who opens what: members.yaml as the operator wrote it, corrected by the ledger of the last build. A token
 * that the last build had and the file no longer has is revoked as of `today`, and a removed token stays removed. So a
 * deleted line or an old copy of the file lets nobody back in. The same holds for each tier of a token.
 *
 * A member who holds keys of a tier and epoch had that tier when the epoch's set of revoked entries was made, and was
 * not in that set. Losing the tier changes the set and therefore the epoch, so no later build uses a key that they
 * hold.
 *
 * @param tiers - lowest first
 */
export function resolveMembership(
  members: Member[],
  known: LedgerLine[],
  today: string,
  tiers: readonly string[],
): Membership {
  const ledger = new Ledger(known);
  const warnings = revokeWhatVanished(members, ledger, today);
  const tokens: Membership['tokens'] = [];
  for (const member of members) {
    const removed = ledger.removed(member);
    if (!removed && member.removed && member.removed > today) {
      warnings.push(
        `members: "${member.id}" has "removed: ${member.removed}", a day still to come, and is shut out from now on; to let them in until a day, write "expires: DATE" instead`,
      );
    }
    const state: MemberState = removed
      ? { state: 'removed', date: member.removed ?? removed }
      : memberState(member, today);
    const said = settleTiers(member, tiers, today, ledger);
    if (state.state !== 'removed') warnings.push(...said.warnings);
    const { opened } = said;
    tokens.push({ id: member.id, serial: member.serial, tier: opened.at(-1)!, ...state });
    if (state.state === 'removed') ledger.remove(member, state.date);
    revokeEarlier(member, opened, today, ledger);
  }
  const listed = new Set(tokens.map(keyOf));
  for (const token of ledger.tokens()) {
    const removed = ledger.removed(token);
    if (!removed || listed.has(keyOf(token))) continue;
    tokens.push({ ...token, tier: LOWEST_TIER, state: 'removed', date: removed });
  }

  const lines = inOrder(ledger.lines());
  const shutOut = new Set(tokens.filter(({ state }) => state !== 'active').map(keyOf));
  return {
    tokens: inOrder(tokens),
    revoked: lines
      .filter((line) => line.removed !== undefined || shutOut.has(keyOf(line)))
      .map(({ id, serial, tier }) => ({ id, serial, tier })),
    ledger: lines,
    warnings,
  };
}

/**
 * Revokes each token of the last build that the file no longer has.
 *
 * @returns one sentence for each difference between the two
 */
function revokeWhatVanished(members: Member[], ledger: Ledger, today: string): string[] {
  const warnings: string[] = [];
  const byId = new Map(members.map((member) => [member.id, member]));
  for (const { id, serial } of ledger.tokens()) {
    const member = byId.get(id);
    const removed = ledger.removed({ id, serial });
    if (removed && member?.serial === serial && !member.removed) {
      warnings.push(
        `members: "${id}" was removed on ${removed} but is listed again with the same serial ${serial}; they stay removed. To let them in again: npm run members -- reissue ${id}`,
      );
    }
    if (!removed && !member) {
      ledger.remove({ id, serial }, today);
      warnings.push(
        `members: "${id}" was in the last build but their line is missing; treating them as removed on ${today}. Put a tombstone in its place: - { id: ${id}, serial: ${serial}, removed: ${today} }`,
      );
    }
    if (!removed && member && serial > member.serial) {
      ledger.remove({ id, serial }, today);
      warnings.push(
        `members: "${id}" had serial ${serial} in the last build but has ${member.serial} now; the newer token is revoked as of ${today}`,
      );
    }
  }
  return warnings;
}

/**
 * Records in the ledger which tiers a member's token has and which it has lost.
 *
 * @returns the tiers that it has, lowest first, and a sentence for each difference between the file and the last build
 */
function settleTiers(
  member: Member,
  tiers: readonly string[],
  today: string,
  ledger: Ledger,
): { opened: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const { id, lost = {} } = member;
  for (const [tier, date] of Object.entries(lost)) ledger.lose({ ...member, tier }, date);
  const wanted = tiersUpTo(member.tier, tiers);
  const gap = wanted.findIndex((tier) => tier !== LOWEST_TIER && ledger.lost({ ...member, tier }));
  const opened = gap < 0 ? wanted : wanted.slice(0, gap);
  if (gap >= 0) {
    const tier = wanted[gap]!;
    warnings.push(
      `members: "${id}" lost the tier "${tier}" on ${ledger.lost({ ...member, tier })!} but is listed with it again under the same serial ${member.serial}; they stay without it. To give it back with a new link: npm run members -- reissue ${id}`,
    );
  }
  for (const line of ledger.of(member)) {
    if (line.removed || opened.includes(line.tier)) continue;
    ledger.lose(line, today);
    warnings.push(
      `members: "${id}" had the tier "${line.tier}" in the last build but no longer has it; treating it as lost on ${today}. Keep a tombstone in their line: lost: { ${line.tier}: ${today} }`,
    );
  }
  for (const tier of opened) ledger.add({ ...member, tier });
  return { opened, warnings };
}

/** Revokes the earlier tokens of a member, including those that no build has known. */
function revokeEarlier(member: Member, opened: string[], today: string, ledger: Ledger): void {
  for (let serial = 1; serial < member.serial; serial++) {
    const earlier = { id: member.id, serial };
    if (!ledger.has(earlier)) for (const tier of opened) ledger.add({ ...earlier, tier });
    ledger.remove(earlier, member.removed ?? today);
  }
}

/** Returns a tier and all below it, lowest first. A tier that no longer exists gives only itself and the lowest. */
export function tiersUpTo(tier: string, tiers: readonly string[]): string[] {
  const at = tiers.indexOf(tier);
  return at < 0 ? [...new Set([LOWEST_TIER, tier])] : tiers.slice(0, at + 1);
}

type Token = Pick<Member, 'id' | 'serial'>;

/** All tokens ever issued, by tier. A token that has lost its lowest tier is removed altogether. */
class Ledger {
  readonly #lines = new Map<string, Map<string, LedgerLine>>();

  constructor(known: LedgerLine[]) {
    for (const line of known) this.#tiersOf(line).set(line.tier, { ...line });
  }

  tokens(): Token[] {
    return [...this.#lines.values()].map((tiers) => {
      const { id, serial } = [...tiers.values()][0]!;
      return { id, serial };
    });
  }

  lines(): LedgerLine[] {
    return [...this.#lines.values()].flatMap((tiers) => [...tiers.values()]);
  }

  has(token: Token): boolean {
    return this.#lines.has(keyOf(token));
  }

  of(token: Token): LedgerLine[] {
    return [...(this.#lines.get(keyOf(token))?.values() ?? [])];
  }

  /** The day on which the token was removed, if it was. */
  removed(token: Token): string | undefined {
    return this.lost({ ...token, tier: LOWEST_TIER });
  }

  lost({ tier, ...token }: Issued): string | undefined {
    return this.#lines.get(keyOf(token))?.get(tier)?.removed;
  }

  add({ id, serial, tier }: Issued): void {
    const tiers = this.#tiersOf({ id, serial });
    if (!tiers.has(tier)) tiers.set(tier, { id, serial, tier });
  }

  /** Records the loss of a tier. One that was lost earlier keeps its day. */
  lose(issued: Issued, date: string): void {
    this.add(issued);
    const line = this.#tiersOf(issued).get(issued.tier)!;
    line.removed ??= date;
  }

  /** Records the loss of all tiers of a token. */
  remove(token: Token, date: string): void {
    for (const line of this.of(token)) this.lose(line, date);
  }

  #tiersOf(token: Token): Map<string, LedgerLine> {
    const key = keyOf(token);
    const tiers = this.#lines.get(key) ?? new Map<string, LedgerLine>();
    this.#lines.set(key, tiers);
    return tiers;
  }
}

function keyOf({ id, serial }: Token): string {
  return `${id}\n${serial}`;
}

function inOrder<T extends Token>(list: T[]): T[] {
  return list.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.serial - b.serial));
}
