import type { Content } from '../../markdown/content.ts';
import type { Aliases } from './index-entries.ts';

/** Synonyms and other names, by which a search for one word finds others too. */
export interface Vocabulary {
  /** Groups of synonyms: those of the content folder, and each topic's name with its other names. */
  synonyms: string[][];
  /** Other names of people, and of each entry's topics, by the address of their page. */
  aliases: Map<string, Aliases>;
}

/** Collects the vocabulary of a content folder. */
export function vocabularyOf({
  synonyms,
  entries,
  topics,
}: Pick<Content, 'synonyms' | 'entries' | 'topics'>): Vocabulary {
  const topicNames = [...topics.values()]
    .filter((topic) => topic.aliases.length > 0)
    .map(({ name, aliases }) => [name, ...aliases]);
  const aliases = entries.map((entry): [string, Aliases] => [
    entry.address,
    entry.form === 'people'
      ? { own: entry.data.aliases }
      : { topics: entry.data.topics.flatMap((id) => topics.get(id)?.aliases ?? []) },
  ]);
  return { synonyms: [...synonyms, ...topicNames], aliases: new Map(aliases) };
}
