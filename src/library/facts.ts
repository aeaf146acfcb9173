import { texts } from '../i18n/index.ts';
import { formatTime, parseTime } from '../model/time.ts';
import type { Piece } from './library.ts';

/**
 * Returns the one fact that best tells pieces of a form apart in a list: duration, author, number of viewpoints,
 * channel …
 */
export function factOf(entry: Piece): string | undefined {
  const { breakdown, discussion, digest, facets, list, note } = texts;
  switch (entry.form) {
    case 'talks':
      return entry.data.duration && formatTime(parseTime(entry.data.duration));
    case 'breakdowns':
      return `${breakdown.kinds[entry.data.work.kind]}${list.separator}${entry.data.work.authors[0] ?? ''}`;
    case 'discussions':
      return discussion.viewpoints(entry.said.length);
    case 'teardowns':
      return entry.data.case.channel.map((channel) => facets.channel[channel]).join(list.separator);
    case 'notes':
      return note.kinds[entry.data.kind];
    case 'digests':
      return digest.picks(entry.said.length);
  }
}
