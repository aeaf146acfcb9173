import { counted } from '../../src/i18n/counted.ts';
import type { Content } from '../../src/markdown/content.ts';
import type { Topic } from '../../src/model/topics.ts';

/** Topics with fewer pieces are not worth a page; topics with a larger share of all pieces say nothing. */
const fewest = 2;
const largestShare = 0.4;
/** With fewer pieces in all, shares are not checked. */
const leastToShare = 20;

/**
 * Reviews the map of topics as a whole: ambiguous names, topics with too few or too many pieces, and pieces without a
 * topic.
 *
 * @returns one sentence for each finding
 */
export function reviewTopics({ topics, entries }: Pick<Content, 'topics' | 'entries'>): string[] {
  const pieces = entries.filter((entry) => entry.form !== 'people');
  const findings: string[] = [];
  const named = new Map<string, Topic>();
  for (const topic of topics.values()) {
    for (const name of [topic.name, ...topic.aliases]) {
      const key = name.toLowerCase();
      const other = named.get(key);
      if (other && other !== topic) findings.push(`“${name}” is a name of both ${other.id} and ${topic.id}`);
      named.set(key, topic);
    }
    const count = pieces.filter(({ data }) => data.topics.includes(topic.id)).length;
    if (count < fewest) findings.push(`${topic.id} (${topic.name}) has ${counted(count, 'piece')}`);
    if (pieces.length >= leastToShare && count > pieces.length * largestShare) {
      findings.push(`${topic.id} (${topic.name}) has ${count} of ${pieces.length} pieces: split it`);
    }
  }
  for (const { file, data } of pieces) if (data.topics.length === 0) findings.push(`${file} has no topic`);
  return findings;
}
