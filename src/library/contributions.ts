import type { Newsworthy } from './news.ts';
import { leads } from './related.ts';

/** What one person contributed in a period. */
export interface Contribution {
  /** The person's id. */
  who: string;
  /** Pieces that are theirs: as speaker, guest or author. */
  pieces: number;
  /** Pieces they helped with in another role: as host, editor, contributor or organizer, or by asking the question. */
  helped: number;
  /** Viewpoints in discussions and picks from the chat. */
  said: number;
}

/**
 * Counts everyone's contributions between two days, both included. People are sorted by their own pieces, then by
 * pieces they helped with, then by what they said, each descending; ties are sorted by id.
 */
export function contributionsOf(pieces: readonly Newsworthy[], from: string, to: string): Contribution[] {
  const people = new Map<string, Contribution>();
  const of = (who: string): Contribution => {
    const known = people.get(who) ?? { who, pieces: 0, helped: 0, said: 0 };
    people.set(who, known);
    return known;
  };
  for (const piece of pieces) {
    if (piece.date < from || piece.date > to) continue;
    const own = leads(piece);
    own.forEach((who) => of(who).pieces++);
    const asked = piece.form === 'discussions' ? [piece.data.asked_by] : [];
    const named = new Set([...Object.values(piece.data.people).flatMap((ids) => ids ?? []), ...asked]);
    for (const who of named) if (!own.includes(who)) of(who).helped++;
    for (const { who } of piece.said) if (who !== undefined) of(who).said++;
  }
  return [...people.values()].sort(
    (a, b) => b.pieces - a.pieces || b.helped - a.helped || b.said - a.said || (a.who < b.who ? -1 : 1),
  );
}
