import { readFileSync, statSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'astro/zod';
import { LOWEST_TIER, TIER_ID } from '../../src/model/audience.ts';
import { addDays } from '../../src/model/week.ts';
import { CommandError } from './main.ts';
import { clip } from '../../src/text/shorten.ts';
import { Ids } from './member-ids.ts';

const date = z.iso.date({
  error: ({ input }) => `${JSON.stringify(input)} is not a date like 2027-03-31`,
});
const tier = z.string().regex(TIER_ID, {
  error: ({ input }) => `${JSON.stringify(input)} is not a tier name like those in content/tiers.yaml`,
});

/** The most tokens that one id can have had. */
const MOST_SERIALS = 9_999;

/** One entry of members.yaml. It holds no secret: a token is derived from the site's secret, the id and the serial. */
export const memberSchema = z.strictObject({
  id: z
    .string({
      error: ({ input }) =>
        input === undefined ? 'is missing' : `${JSON.stringify(input)} is not text; put it in quotes`,
    })
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u, {
      error: ({ input }) =>
        `may have at most 64 letters, digits and . _ @ -, and must start with a letter or digit; got ${JSON.stringify(clip(String(input), 80))}`,
    })
    // Two ids that look the same would be two members, and a removal would hit only one of them.
    .refine((id) => id === id.normalize('NFKC') && !/\p{Default_Ignorable_Code_Point}/u.test(id), {
      error: 'has characters that look like other characters; retype it with plain ones',
    }),
  /** Counts the tokens issued to this id; tokens with a lower serial open nothing. */
  serial: z
    .int()
    .min(1)
    // Each earlier serial has a line in every ledger: a date or a phone number typed here would fill the memory.
    .max(MOST_SERIALS, {
      error: ({ input }) =>
        `counts the links that this member was sent, at most ${MOST_SERIALS}; got ${String(input)}`,
    })
    .default(1),
  tier: tier.default(LOWEST_TIER),
  /**
   * Tiers that this serial once had and has lost, with the day of the loss. They are tombstones, like `removed`: a lost
   * tier only comes back with the next serial.
   */
  lost: z
    .record(tier, date)
    .refine((tiers) => !(LOWEST_TIER in tiers), {
      error: `a member loses the tier "${LOWEST_TIER}" only by removal; write removed: DATE`,
    })
    .optional(),
  /** The last day on which the token opens anything. */
  expires: date.optional(),
  /** The day of the removal. The entry stays as a tombstone, so that the old keys never come back. */
  removed: date.optional(),
});
export type Member = z.output<typeof memberSchema>;

/** `expires` is the last day of an active membership that has one. */
export type MemberState =
  { state: 'active'; expires?: string } | { state: 'removed' | 'expired'; date: string };

/**
 * Reads members.yaml.
 *
 * @throws CommandError naming file and line of invalid YAML, an invalid member, or a duplicate id
 */
export function readMembers(file: string): Member[] {
  return parseMembers(readText(file), file).members;
}

/** As {@link readMembers}, and also returns the document, so that an edit keeps comments and order. */
export function readMembersDocument(file: string): MembersDocument {
  return parseMembers(readText(file), file);
}

/**
 * Reads a file that an operator edits, without the byte order mark that programs on Windows put first. Empty if there
 * is no such file.
 *
 * @param how - how the operator's program saves a file as UTF-8, for the message
 * @throws CommandError when it is not a file, or not UTF-8
 */
export function readText(file: string, how = ''): string {
  const state = statSync(file, { throwIfNoEntry: false });
  if (!state) return '';
  if (!state.isFile()) throw new CommandError(`members: ${file} is not a file`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CommandError(`members: ${file} is not UTF-8; save it as UTF-8${how && ` (${how})`}`, 1, {
      cause,
    });
  }
}

interface MembersDocument {
  /** The text that was parsed: the ranges of the document's nodes are places in it. */
  text: string;
  document: Document;
  members: Member[];
}

/**
 * Parses members.yaml.
 *
 * @param file - its name in errors
 * @throws CommandError naming the first line that breaks the rules of docs/operations.md
 */
export function parseMembers(text: string, file: string): MembersDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const syntax = document.errors[0];
  if (syntax) throw new CommandError(`${at(syntax.pos[0])}: not YAML: ${syntaxOf(syntax, text)}`);
  if (document.contents === null) return { document, members: [], text };
  if (!isSeq(document.contents)) {
    throw new CommandError(`${file}:1: expected a list of members, each starting with "- id: …"`);
  }

  const ids = new Ids();
  const members = document.contents.items.map((item) => {
    const place = at(item.range[0]);
    if (!isMap(item))
      throw new CommandError(`${place}: ${noMember(text.slice(item.range[0], item.range[1]))}`);
    const parsed = memberSchema.safeParse(item.toJS(document));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const [field] = issue.code === 'unrecognized_keys' ? issue.keys : issue.path;
      const said =
        issue.code === 'unrecognized_keys'
          ? noField(String(field))
          : `${issue.path.join('.')}: ${issue.message}`;
      throw new CommandError(`${at(keyOf(item, field) ?? item.range[0])}: ${said}`);
    }
    ids.take(parsed.data.id, place);
    return parsed.data;
  });
  return { document, members, text };
}

/** Returns the offset where a key of a member begins, if the member has that key. */
function keyOf(member: Node, key: PropertyKey | undefined): number | undefined {
  const pair = isMap(member) && member.items.find((item) => isScalar(item.key) && item.key.value === key);
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

function noField(name: string): string {
  const fields = Object.keys(memberSchema.shape);
  return `unknown field ${JSON.stringify(name)}; a member has ${fields.slice(0, -1).join(', ')} and ${fields.at(-1)!}`;
}

function noMember(text: string): string {
  const field = /^([a-z]+) *：/.exec(text)?.[1];
  if (field !== undefined) return `the colon after ${field} is a Chinese colon; write "${field}: "`;
  return `expected "id: …", got ${JSON.stringify(clip(text, 60))}`;
}

function syntaxOf({ code, message, pos }: Document['errors'][number], text: string): string {
  const line = text.slice(text.lastIndexOf('\n', pos[0] - 1) + 1);
  const [key] = /^\w+/.exec(text.slice(pos[0])) ?? [];
  if (code === 'DUPLICATE_KEY' && key !== undefined)
    return `one member has "${key}" twice; keep the right line`;
  if (/^\s*\t/.test(line)) return 'indent with spaces, not tabs';
  if (/^(?:<{7}|={7}|>{7})/.test(line)) {
    // Without this, the members of one side would lose the field: a lost "expires" lets them in for ever.
    const shared = /^>{7}.*\r?\n +(\w+: *\S+)/m.exec(line)?.[1];
    const each =
      shared === undefined
        ? ''
        : `; "${shared}", which stands once below them, belongs to a member of either side: write it for both`;
    return `a merge left its marks here; keep the lines of both sides and delete the marks${each}`;
  }
  return `${message}; a member is "- id: …", with its other fields below, indented by 2 spaces`;
}

/** Returns whether the member's own entry lets them in on `today` (YYYY-MM-DD). */
export function memberState(member: Member, today: string): MemberState {
  if (member.removed) return { state: 'removed', date: member.removed };
  if (member.expires && member.expires < today) return { state: 'expired', date: member.expires };
  return { state: 'active', ...(member.expires && { expires: member.expires }) };
}

/** Whether a member who is active on `today` no longer is `days` later. */
export function expiresWithin(member: Member, today: string, days: number): boolean {
  const limit = addDays(today, days);
  return (
    memberState(member, today).state === 'active' && member.expires !== undefined && member.expires < limit
  );
}
