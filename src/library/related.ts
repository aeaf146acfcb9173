import type { Newsworthy } from './news.ts';
import type { Library, Piece } from './library.ts';
import { texts } from '../i18n/index.ts';

/** A piece to read next, and the reason to show for it. */
export interface Related {
  entry: Piece;
  reason: string;
}

/** How much each kind of relation counts: a link that the writer made says more than a topic shared by many pieces. */
const WEIGHTS = { link: 6, series: 5, person: 3, topic: 4 };

/** How many pieces of one topic or person are considered, newest first. */
const CANDIDATES = 200;

/**
 * Ranks the pieces that are linked from `entry` or share a series, topic or speaker with it. Sharing a rare topic
 * counts more than sharing a common one. Ties are sorted newest first.
 */
export function relatedTo(entry: Piece, library: Library, most: number): Related[] {
  const found = new Map<string, Related & { score: number; strongest: number }>();
  const add = (other: Piece, score: number, reason: string): void => {
    if (other.id === entry.id) return;
    const known = found.get(other.id);
    if (!known) found.set(other.id, { entry: other, reason, score, strongest: score });
    else {
      known.score += score;
      if (score > known.strongest) {
        known.strongest = score;
        known.reason = reason;
      }
    }
  };

  for (const id of entry.links) {
    const other = library.entry(id);
    if (other && other.form !== 'people') add(other, WEIGHTS.link, texts.entry.linked);
  }
  for (const other of library.seriesOf(entry)?.entries ?? [])
    add(other, WEIGHTS.series, texts.entry.sameSeries);
  for (const { topic, entries } of library.topics) {
    if (!entry.data.topics.includes(topic.id)) continue;
    const weight = WEIGHTS.topic / Math.log2(entries.length + 2);
    for (const other of entries.slice(0, CANDIDATES)) add(other, weight, texts.entry.sameTopic(topic.name));
  }
  for (const person of leads(entry)) {
    const { name } = library.person(person);
    for (const other of library.ledBy(person).slice(0, CANDIDATES)) {
      add(other, WEIGHTS.person / Math.log2(library.ledBy(person).length + 2), texts.entry.samePerson(name));
    }
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry: other, reason }) => ({ entry: other, reason }));
}

/**
 * Returns the ids of the people whose piece it is: speakers, guests and authors. Hosts and editors take part in too
 * many pieces to count.
 */
export function leads(entry: Newsworthy): string[] {
  const speakers = entry.form === 'talks' ? entry.data.speakers : [];
  const { guest = [], author = [] } = entry.data.people;
  return [...new Set([...speakers, ...guest, ...author])];
}
