import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parse, type YAMLMap } from 'yaml';
import { closest } from '../../src/markdown/closest.ts';
import { withLock } from '../lib/lock.ts';
import { CommandError } from '../lib/main.ts';
import { Ids } from '../lib/member-ids.ts';
import { memberSchema, readMembersDocument, type Member } from '../lib/members.ts';
import { replaceFile, replaceYaml } from '../lib/replace.ts';
import { endOfList, spliced, splicesOfFields, splicesOfLines, type Splice } from './splice.ts';

/** members.yaml, open for an edit that keeps comments, order and all other lines. */
export interface MembersFile {
  members: Member[];
  /** @throws CommandError when nobody has the id */
  member: (id: string) => Member;
  /**
   * Adds a line at the end.
   *
   * @throws CommandError when its id could be confused with that of another line
   */
  add: (line: Line, place?: string) => void;
  /** Sets fields of a member's line; undefined removes a field. */
  set: (id: string, fields: Fields) => void;
  /** Writes the file atomically. */
  save: () => void;
}

/** The fields of a line that change; undefined removes a field. */
export type Fields = { [Field in keyof Omit<Member, 'id'>]?: Member[Field] | undefined };

/** The fields of a member that an operator gives. */
export interface Line {
  id: string;
  tier?: string | undefined;
  expires?: string | undefined;
}

/** @throws CommandError naming file and line when it can't be read */
export function openMembers(path: string): MembersFile {
  const { document, members, text } = readMembersDocument(path);
  const list = (document.contents ??= document.createNode([]));
  if (!isSeq(list)) throw new Error('readMembersDocument accepts only lists');
  const end = endOfList(text, list);
  const added: Line[] = [];
  let splices: Splice[] | null = [];
  const nodeOf = (id: string): YAMLMap => {
    const node = list.items.find((item) => isMap(item) && item.get('id') === id);
    if (!isMap(node)) throw new Error(`no line for ${id}`);
    return node;
  };
  const ids = new Ids(members);
  return {
    members,
    member: (id) => {
      const member = members.find((candidate) => candidate.id === id);
      if (member) return member;
      const near = closest(
        id,
        members.map((candidate) => candidate.id),
      );
      const hint = near === undefined ? 'see: npm run members -- list' : `did you mean "${near}"?`;
      throw new CommandError(`members: there is no member "${id}"; ${hint}`);
    },
    add: ({ id, tier, expires }, place = 'members') => {
      ids.take(id, place);
      added.push({ id, tier, expires });
      list.add(document.createNode({ id, ...(tier && { tier }), ...(expires && { expires }) }));
    },
    set: (id, fields) => {
      const node = nodeOf(id);
      const own = splicesOfFields(text, node, fields);
      splices = splices && own && [...splices, ...own];
      for (const [field, value] of Object.entries(fields)) {
        if (value === undefined) node.delete(field);
        else node.set(field, value);
      }
    },
    save: () => {
      const lines = splicesOfLines(text, end, added);
      const edited = splices && lines && spliced(text, [...splices, ...lines]);
      if (edited !== null && saysSame(edited, document.toString())) replaceFile(path, edited);
      else replaceYaml(path, document);
    },
  };
}

/** Whether two texts of a members file list the same members. */
function saysSame(one: string, other: string): boolean {
  const [members, others] = [one, other].map((text) => parse(text) as unknown);
  return isDeepStrictEqual(members, others);
}

/** How long to wait for other edits, in milliseconds; each takes a moment. */
const patience = 10_000;

/**
 * Runs an edit of members.yaml alone: if two edits read the file at the same time, the second would undo the first.
 *
 * @throws CommandError when the folder doesn't exist, or other edits take too long
 */
export async function editAlone<T>(path: string, edit: () => Promise<T>): Promise<T> {
  const file = existsSync(path) ? realpathSync(path) : path;
  const folder = dirname(file);
  if (!existsSync(folder))
    throw new CommandError(`members: there is no folder ${folder}; is KB_MEMBERS right?`);
  const lock = join(folder, `.${basename(file)}.lock`);
  return withLock(lock, edit, { holder: `another edit of ${path}`, patience });
}

/** @throws CommandError (2) naming the invalid field */
export function checkLine(line: Line, place = 'members'): void {
  const given = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined));
  const checked = memberSchema.safeParse(given);
  if (checked.success) return;
  const issue = checked.error.issues[0]!;
  throw new CommandError(`${place}: ${issue.path.join('.')}: ${issue.message}`, 2);
}

/** @throws CommandError (2) when the last day of a membership is before `today` (YYYY-MM-DD) */
export function assertNotOver({ id, expires }: Line, today: string, place = 'members'): void {
  // The link has been good until now, and only a removal can end it today.
  if (expires === undefined || expires >= today) return;
  throw new CommandError(
    `${place}: expires: ${expires} is in the past; choose a later day, or remove ${id} now: npm run members -- remove ${id}`,
    2,
  );
}
