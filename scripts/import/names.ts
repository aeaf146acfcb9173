import { withoutForbidden } from '../../src/markdown/characters.ts';
import type { Content } from '../../src/markdown/content.ts';
import { CommandError } from '../lib/main.ts';
import { toCopy } from '../lib/shell.ts';
import type { Known } from './imported.ts';

/**
 * Finds people by name: first the command line's mappings (`发言人 1=linxia`), else the ids, names and aliases in
 * `people/`. A name that two people share finds neither.
 *
 * @throws CommandError (2) for an invalid mapping
 */
export function knownPeople(
  content: Pick<Content, 'people' | 'entries'>,
  mappings: readonly string[],
): Known {
  const ids = new Map<string, string | undefined>();
  const claim = (name: string, id: string) => {
    const key = plain(name);
    ids.set(key, ids.has(key) && ids.get(key) !== id ? undefined : id);
  };
  for (const { id, name } of content.people.values()) claim(name, id);
  for (const entry of content.entries) {
    if (entry.form === 'people') for (const alias of entry.data.aliases) claim(alias, entry.name);
  }
  for (const id of content.people.keys()) ids.set(plain(id), id);
  for (const mapping of mappings) {
    const [, name, id] = /^(.+)=([^=]+)$/.exec(mapping) ?? [];
    if (name === undefined || id === undefined) {
      throw new CommandError(`--who ${mapping} 不对 → 写成 --who 文件里的名字=people里的文件名`, 2);
    }
    if (!content.people.has(id)) {
      const meant = ids.get(plain(id));
      const fix =
        meant === undefined
          ? '写 people 里的文件名，新的人先 npm run new -- person "名字"'
          : `写成 ${name}=${meant}`;
      throw new CommandError(`没有人物 ${id} → ${fix}`, 2);
    }
    ids.set(plain(name), id);
  }
  return { idOf: (name) => ids.get(plain(name)) };
}

/**
 * Returns the id of each speaker.
 *
 * @throws CommandError (2) with a line for every unknown one
 */
export function speakersOf(names: readonly string[], known: Known): Map<string, string> {
  const ids = new Map<string, string>();
  const strangers = new Set<string>();
  for (const name of names) {
    const id = known.idOf(name);
    if (id === undefined) strangers.add(name);
    else ids.set(name, id);
  }
  if (strangers.size > 0) throw new CommandError([...strangers].map(unknown).join('\n'), 2);
  return ids;
}

/** What programs that transcribe call a voice that they have no name for. A page for such a person would be a mistake. */
const NUMBERED = /^(?:发言人|说话人|讲话人|speaker)\s*[\dA-Z一二三四五六七八九十]*$/i;

function unknown(written: string): string {
  const name = withoutForbidden(written);
  const begin = (who: string) => `先 npm run new -- person ${who}`;
  const page = NUMBERED.test(name) ? `新的人${begin('"名字"')}` : `或${begin(toCopy(name))}`;
  return `不认识说话的 “${name}” → 加上 ${whoIs(name)}，${page}`;
}

/** Returns the option that says who is meant by a name, to be copied. */
export function whoIs(name: string): string {
  return `--who ${toCopy(`${name}=people 里的文件名`)}`;
}

/** Badges that QQ puts before the names in a group. Others are part of the name: they may tell two people apart. */
const BADGE = /^【(?:群主|管理员|潜水|冒泡|吐槽|活跃|话唠|传说)】(?=.)/;

export const withoutBadge = (name: string): string => name.replace(BADGE, '');

/** Normalizes a name: spaces, badges and emoji in chats differ from one copy to the next. */
export function plain(name: string): string {
  return withoutBadge(name.normalize('NFKC'))
    .replace(/\p{Extended_Pictographic}|[\u200b\u200c]|\u200d|\ufe0f|\s/gu, '')
    .toLowerCase();
}
