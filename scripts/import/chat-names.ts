import { escapePattern } from '../../src/search/query/pattern.ts';
import type { Known } from './imported.ts';
import { plain, whoIs, withoutBadge } from './names.ts';

/** Who is who in one chat. */
export interface Cast {
  /** Returns one name for all the spellings of a person's name: the first in the chat; `undefined` for others. */
  nameOf: (written: string) => string | undefined;
}

/** @param written - the names above the messages, in order, as often as they occur */
export function castOf(written: readonly string[]): Cast {
  const names = new Map<string, string>();
  for (const name of written) if (!names.has(keyOf(name))) names.set(keyOf(name), name);
  return { nameOf: (name) => names.get(keyOf(name)) };
}

/** Names of nothing but emoji differ in these. */
const keyOf = (name: string): string => plain(name) || name;

/**
 * Gives everybody without a page in people/ an alias, 群友 and a letter, the same in the whole entry.
 *
 * @param speakers - who is quoted in the entry
 */
export function nameless(speakers: readonly string[], known: Known, lost: string[]): Map<string, string> {
  const strangers = [...new Set(speakers)].filter((name) => known.idOf(name) === undefined);
  const names = new Map(strangers.map((name, index) => [name, `群友 ${letters(index)}`]));
  for (const [name, alias] of names) {
    lost.push(`“${name}” 不在 people 里，写成了 ${alias}；要具名就加上 ${whoIs(name)}`);
  }
  return names;
}

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

/** How people who aren't quoted are called. */
export const SOMEBODY = '群友';

const MENTION = /(?<![\w.-])@([^\s@，。！？：:、（）()]{1,24})/g;
const EVERYBODY = /^(?:所有人|全体成员|all)$/i;

/**
 * Returns a function that replaces the names of people without a page in people/ where a text mentions them.
 *
 * @param written - the names above all messages of the chat, with all their spellings
 * @param tidied - does to a name what has been done to the texts
 * @param lost - is extended by the names that are left: of people who said nothing, and without the sign of a mention
 */
export function mentionsHidden(
  written: readonly string[],
  { cast, known, aliases }: { cast: Cast; known: Known; aliases: ReadonlyMap<string, string> },
  tidied: (name: string) => string,
  lost: string[],
): (text: string) => string {
  const shown = new Map<string, string>();
  for (const name of new Set(written)) {
    if (known.idOf(name) !== undefined) continue;
    const alias = aliases.get(cast.nameOf(name)!) ?? SOMEBODY;
    for (const spelling of [name, withoutBadge(name)]) shown.set(tidied(spelling), alias);
  }
  // The longest first: one name may begin another.
  const names = [...shown.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  const mentioned =
    names.length === 0
      ? undefined
      : new RegExp(
          `(?<![\\w.-])@(${names.map((name) => escapePattern(name)).join('|')})(?![A-Za-z\\d])`,
          'g',
        );
  const isTelling = (name: string) =>
    name !== SOMEBODY && !EVERYBODY.test(name) && known.idOf(name) === undefined;
  // Who is called by name is called by the part before city and trade. One character says nothing.
  const called = [...new Set(names.map((name) => name.split(/[【（(［[·—|｜_/@\s-]/u)[0]!))].filter(
    (name) => name.length > 1 && isTelling(name),
  );
  const reported = new Set<string>();
  return (text) => {
    const hidden = mentioned ? text.replace(mentioned, (_, name: string) => `@${shown.get(name)!}`) : text;
    const mentions = [...hidden.matchAll(MENTION)].map(([, name]) => name!);
    for (const name of [...mentions.filter(isTelling), ...called.filter((name) => hidden.includes(name))]) {
      if (reported.has(name)) continue;
      reported.add(name);
      lost.push(`正文里还有 “${name}”，不愿意具名就改成“群友”`);
    }
    return hidden;
  };
}
