import { existsSync, readFileSync } from 'node:fs';
import { isMap, isSeq, type YAMLMap } from 'yaml';
import { CommandError } from '../lib/main.ts';
import { memberSchema, parseMembers, type Member } from '../lib/members.ts';
import { replaceFile } from '../lib/replace.ts';

/** members.yaml, open for an edit that keeps comments, order and everything it does not concern. */
export interface MembersFile {
  members: Member[];
  /** @throws CommandError when nobody has the id */
  member: (id: string) => Member;
  /** Adds a line at the end. */
  add: (line: Line) => void;
  /** Sets fields of a member's line; undefined takes a field away. */
  set: (id: string, fields: Fields) => void;
  /** Writes it, whole or not at all. */
  save: () => void;
}

/** What changes in a line; a field of undefined goes away. */
export type Fields = { [Field in keyof Omit<Member, 'id'>]?: Member[Field] | undefined };

/** What an operator says about a member. */
export interface Line {
  id: string;
  tier?: string | undefined;
  expires?: string | undefined;
}

/** @throws CommandError naming file and line when it can't be read */
export function openMembers(path: string): MembersFile {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const { document, members } = parseMembers(text, path);
  const list = (document.contents ??= document.createNode([]));
  if (!isSeq(list)) throw new Error('parseMembers lets only lists pass');
  const nodeOf = (id: string): YAMLMap => {
    const node = list.items.find((item) => isMap(item) && item.get('id') === id);
    if (!isMap(node)) throw new Error(`no line for ${id}`);
    return node;
  };
  return {
    members,
    member: (id) => {
      const member = members.find((candidate) => candidate.id === id);
      if (!member) throw new CommandError(`members: nobody has the ID "${id}"; see: npm run members -- list`);
      return member;
    },
    add: ({ id, tier, expires }) => {
      list.add(document.createNode({ id, ...(tier && { tier }), ...(expires && { expires }) }));
    },
    set: (id, fields) => {
      const node = nodeOf(id);
      for (const [field, value] of Object.entries(fields)) {
        if (value === undefined) node.delete(field);
        else node.set(field, value);
      }
    },
    save: () => {
      replaceFile(path, document.toString({ flowCollectionPadding: false, lineWidth: 0 }));
    },
  };
}

/** @throws CommandError (2) naming the field that makes no sense */
export function checkLine(line: Line, place = 'members'): void {
  const given = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined));
  const checked = memberSchema.safeParse(given);
  if (checked.success) return;
  const issue = checked.error.issues[0]!;
  throw new CommandError(`${place}: ${issue.path.join('.')}: ${issue.message}`, 2);
}
