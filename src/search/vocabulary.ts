import type { Content } from '../markdown/load.ts';

/** What a search for one word finds beside that word. */
export interface Vocabulary {
  /** Groups of words that mean the same: the content's own, and each topic's name with its other names. */
  synonyms: string[][];
  /** People's other names, by their pages' address. */
  aliases: Map<string, readonly string[]>;
}

/** The vocabulary of a content folder. */
export function vocabularyOf({
  synonyms,
  entries,
  topics,
}: Pick<Content, 'synonyms' | 'entries' | 'topics'>): Vocabulary {
  const topicNames = [...topics.values()]
    .filter((topic) => topic.aliases.length > 0)
    .map(({ name, aliases }) => [name, ...aliases]);
  const aliases = entries.flatMap((entry) =>
    entry.form === 'people' ? [[entry.address, entry.data.aliases] as const] : [],
  );
  return { synonyms: [...synonyms, ...topicNames], aliases: new Map(aliases) };
}
