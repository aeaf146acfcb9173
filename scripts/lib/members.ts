import { readFileSync, statSync } from 'node:fs';
import { isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'astro/zod';
import type { Issued, LedgerLine } from '../../src/vault/index.ts';
import { CommandError } from './main.ts';

const date = z.iso.date();
const tier = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** One line of members.yaml. No secret is in it: a token follows from the site's secret, the id and the serial. */
export const memberSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u)
    // Two that look the same would be two people, and a removal would hit one of them.
    .refine((id) => id === id.normalize('NFKC') && !/\p{Default_Ignorable_Code_Point}/u.test(id), {
      error: 'has characters that look like others; type it plainly',
    }),
  /** Counts the tokens this id has had; a lower one opens nothing. */
  serial: z.int().min(1).default(1),
  tier: tier.default('members'),
  /** The last day on which the token opens anything. */
  expires: date.optional(),
  /** The day of the removal. The line stays as a tombstone: it keeps the old keys from coming back. */
  removed: date.optional(),
});
export type Member = z.output<typeof memberSchema>;

export type MemberState = { state: 'active' } | { state: 'removed' | 'expired'; date: string };

export interface Membership {
  /** One for each token that a door still knows by name, sorted by id and serial. */
  tokens: (Pick<Member, 'id' | 'serial' | 'tier'> & MemberState)[];
  /** What the epoch is made of. */
  revoked: Issued[];
  /** What the next build will know of this one. */
  ledger: LedgerLine[];
  /** One sentence for each line that the file and the last build disagree on. */
  warnings: string[];
}

/**
 * Reads members.yaml.
 *
 * @throws CommandError naming file and line of what is not YAML, not a member, or an id that stands twice
 */
export function readMembers(file: string): Member[] {
  const state = statSync(file, { throwIfNoEntry: false });
  if (!state) return [];
  if (!state.isFile()) throw new CommandError(`KB_MEMBERS: ${file} is not a file`);
  return parseMembers(readFileSync(file, 'utf8'), file).members;
}

/** As {@link readMembers}, together with the document, so that an edit keeps comments and order. */
export function parseMembers(text: string, file: string): { document: Document; members: Member[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const syntax = document.errors[0];
  if (syntax) throw new CommandError(`${at(syntax.pos[0])}: not YAML: ${syntax.message.split('\n')[0]!}`);
  if (document.contents === null) return { document, members: [] };
  if (!isSeq(document.contents)) {
    throw new CommandError(`${file}:1: expected a list of members, each starting with "- id: …"`);
  }

  const seen = new Set<string>();
  const members = document.contents.items.map((item) => {
    const place = at(item.range[0]);
    const parsed = memberSchema.safeParse(item.toJS(document));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new CommandError(`${place}: ${issue.path.join('.') || 'member'}: ${issue.message}`);
    }
    if (seen.has(parsed.data.id)) {
      throw new CommandError(
        `${place}: "${parsed.data.id}" stands twice; keep one line and raise its serial instead`,
      );
    }
    seen.add(parsed.data.id);
    return parsed.data;
  });
  return { document, members };
}

/** Whether the member's own line lets them in on `today` (YYYY-MM-DD). */
export function memberState(member: Member, today: string): MemberState {
  if (member.removed) return { state: 'removed', date: member.removed };
  if (member.expires && member.expires < today) return { state: 'expired', date: member.expires };
  return { state: 'active' };
}

/**
 * Decides who opens what: the file as the operator wrote it, corrected by what the last build knew. A token that the
 * last build had and the file has lost is revoked as of `today`, and one that was removed once stays removed, so that
 * a deleted line or an old copy of the file lets nobody back in.
 */
export function resolveMembership(members: Member[], known: LedgerLine[], today: string): Membership {
  const warnings: string[] = [];
  const byId = new Map(members.map((member) => [member.id, member]));
  const ledger = new Map(known.map((line) => [key(line), { ...line }]));

  for (const line of ledger.values()) {
    const member = byId.get(line.id);
    if (line.removed && member?.serial === line.serial && !member.removed) {
      warnings.push(
        `members: "${line.id}" was removed on ${line.removed} and is back with the same serial ${line.serial}; it stays removed. To let them in again: npm run members -- add ${line.id}`,
      );
    }
    if (!line.removed && !member) {
      line.removed = today;
      warnings.push(
        `members: "${line.id}" was in the last build and its line is gone; treated as removed on ${today}. Keep a tombstone: npm run members -- remove ${line.id}`,
      );
    }
    if (!line.removed && member && line.serial > member.serial) {
      line.removed = today;
      warnings.push(
        `members: "${line.id}" had serial ${line.serial} in the last build and has ${member.serial} now; the newer token is revoked as of ${today}`,
      );
    }
  }

  const tokens: Membership['tokens'] = [];
  for (const member of members) {
    const before = ledger.get(key(member));
    const state: MemberState = before?.removed
      ? { state: 'removed', date: member.removed ?? before.removed }
      : memberState(member, today);
    tokens.push({ id: member.id, serial: member.serial, tier: member.tier, ...state });
    ledger.set(key(member), {
      id: member.id,
      serial: member.serial,
      tier: member.tier,
      ...(state.state === 'removed' && { removed: state.date }),
    });
    for (let serial = 1; serial < member.serial; serial++) {
      const earlier = ledger.get(key({ id: member.id, serial }));
      ledger.set(key({ id: member.id, serial }), {
        id: member.id,
        serial,
        tier: earlier?.tier ?? member.tier,
        removed: earlier?.removed ?? member.removed ?? today,
      });
    }
  }
  for (const line of ledger.values()) {
    const isListed = byId.get(line.id)?.serial === line.serial;
    if (!isListed && line.removed) {
      tokens.push({
        id: line.id,
        serial: line.serial,
        tier: line.tier,
        state: 'removed',
        date: line.removed,
      });
    }
  }

  const inOrder = <T extends { id: string; serial: number }>(list: T[]) =>
    list.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.serial - b.serial));
  return {
    tokens: inOrder(tokens),
    revoked: inOrder(
      tokens
        .filter(({ state }) => state !== 'active')
        .map(({ id, serial, tier: lost }) => ({ id, serial, tier: lost })),
    ),
    ledger: inOrder([...ledger.values()]),
    warnings,
  };
}

function key({ id, serial }: { id: string; serial: number }): string {
  return `${id}\n${serial}`;
}
