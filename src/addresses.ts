import type { Audience } from './model/audience.ts';
import type { Library } from './shelves.ts';

/** Where a piece or topic stands now that had another name. */
export interface Moved {
  title: string;
  address: string;
  /** Who may open it. */
  access: Audience;
}

/** Addresses of pages that the content decides on. The other pages are there whatever it holds. */
export interface Addresses {
  own: Set<string>;
  /** Old addresses, so that links in a chat of last year still lead to the piece. */
  moved: Map<string, Moved>;
}

/**
 * @throws Error when two pages would stand at one address
 */
export function addressesOf({ entries, people, topics, series, weeks, teasers }: Library): Addresses {
  const all = [
    ...[...entries, ...people].map(({ address }) => address),
    ...topics.map(({ topic }) => topicAddress(topic.id)),
    ...series.map(({ series: { id } }) => `/series/${id}/`),
    ...weeks.map((week) => `/weeks/${week}/`),
    ...teasers.map(({ form, slug }) => `/door/${form}/${slug}/`),
  ];
  const moves = [
    ...entries.flatMap(({ form, data, title, address, access }) =>
      data.aliases.map((alias) => [`/${form}/${alias}/`, { title, address, access }] as const),
    ),
    ...topics.flatMap(({ topic: { id, name, formerly } }) =>
      formerly.map(
        (old) => [topicAddress(old), { title: name, address: topicAddress(id), access: 'public' }] as const,
      ),
    ),
  ];
  const seen = new Set<string>();
  for (const address of [...all, ...moves.map(([old]) => old)]) {
    if (seen.has(address)) throw new Error(`two pages stand at ${address}`);
    seen.add(address);
  }
  return { own: new Set(all), moved: new Map(moves) };
}

function topicAddress(id: string): string {
  return `/topics/${id}/`;
}
