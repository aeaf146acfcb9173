import type { Audience } from '../model/audience.ts';
import type { Library } from './library.ts';

/** The current page of a piece or topic that was renamed. */
export interface Moved {
  title: string;
  address: string;
  /** Who may open it. */
  access: Audience;
}

/** The addresses of pages whose existence depends on the content. All other pages always exist. */
export interface Addresses {
  own: Set<string>;
  /** Old addresses and where they lead now, so that links in last year's chat still work. */
  moved: Map<string, Moved>;
}

/**
 * Collects the addresses of all pages that come from the content, and the old addresses that redirect to them.
 * @throws Error when two pages would have the same address
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
    if (seen.has(address)) throw new Error(`two pages have the address ${address}`);
    seen.add(address);
  }
  return { own: new Set(all), moved: new Map(moves) };
}

function topicAddress(id: string): string {
  return `/topics/${id}/`;
}
