import type { Content, Quote } from '../markdown/content.ts';
import { FORMS, type Form } from '../model/form.ts';
import { weekOf } from '../model/week.ts';
import { summaryOf, type Summary } from './catalogue.ts';

/** The pieces that news are made from: every form but people. */
export type Newsworthy = Summary<Exclude<Form, 'people'>>;

/** Everything new in one ISO week. Digests are left out because they repeat the other pieces. */
export interface News<Piece extends Newsworthy> {
  week: string;
  /** The forms that have pieces, in the order of `FORMS`, each with its pieces of the week, newest first. */
  forms: { form: Form; pieces: Piece[] }[];
  quotes: { quote: Quote; piece: Piece }[];
  /** Open questions of the week's discussions. */
  open: { question: string; piece: Piece }[];
  /** The same week of earlier years, if it has pieces, latest year first. */
  past: { week: string; pieces: Piece[] }[];
}

/**
 * Collects the news of a week.
 *
 * @param all - all pieces, newest first
 */
export function newsOf<Piece extends Newsworthy>(all: readonly Piece[], week: string): News<Piece> {
  const pieces = all.filter(({ form, date }) => form !== 'digests' && weekOf(date) === week);
  return {
    week,
    forms: FORMS.map((form) => ({ form, pieces: pieces.filter((piece) => piece.form === form) })).filter(
      (group) => group.pieces.length > 0,
    ),
    quotes: pieces.flatMap((piece) => piece.quotes.map((quote) => ({ quote, piece }))),
    open: pieces.flatMap((piece) => piece.open.map((question) => ({ question, piece }))),
    past: pastYears(all, week),
  };
}

function pastYears<Piece extends Newsworthy>(all: readonly Piece[], week: string): News<Piece>['past'] {
  const number = week.slice(4);
  const byWeek = new Map<string, Piece[]>();
  for (const piece of all) {
    const other = weekOf(piece.date);
    if (!other.endsWith(number) || other >= week) continue;
    const known = byWeek.get(other);
    if (known) known.push(piece);
    else byWeek.set(other, [piece]);
  }
  return [...byWeek]
    .map(([other, pieces]) => ({ week: other, pieces }))
    .sort((a, b) => (a.week < b.week ? 1 : -1));
}

/** Returns the ISO weeks that have pieces, in the order of the pieces: newest first. */
export function weeksOf(all: readonly Newsworthy[]): string[] {
  return [...new Set(all.map(({ date }) => weekOf(date)))];
}

/** Returns all pieces of a content folder, newest first. */
export function piecesOf(content: Content): Newsworthy[] {
  return content.entries
    .filter((entry) => entry.form !== 'people')
    .map((entry) => summaryOf(entry) as Newsworthy);
}
