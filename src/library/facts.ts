import { texts } from '../i18n/index.ts';
import { formatTime, parseTime } from '../model/time.ts';
import type { Card } from './catalogue.ts';
import type { Piece } from './library.ts';

/**
 * Says whether one can listen to a talk, and how long: `录音 45:30`. Returns nothing for a preview, whose recording, if
 * there is one, its readers don't get.
 */
export function recordingOf(entry: Card<'talks'>): string | undefined {
  const { talk } = texts;
  if (!entry.audio) return entry.isPreview ? undefined : talk.textOnly;
  const { duration } = entry.data;
  return [talk.audio, ...(duration === undefined ? [] : [formatTime(parseTime(duration))])].join(' ');
}

/**
 * Returns the one fact that best tells pieces of a form apart in a list: recording, author, number of viewpoints,
 * channel …
 */
export function factOf(entry: Piece): string | undefined {
  const { breakdown, discussion, digest, facets, list, note } = texts;
  switch (entry.form) {
    case 'talks':
      return recordingOf(entry);
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
