import type { Summary } from './catalogue.ts';
import type { Form } from './model/form.ts';
import type { Quote } from './markdown/content.ts';
import { FORMS } from './model/form.ts';
import { weekOf } from './model/week.ts';

/** What news are made from: any pieces, people are none. */
export type Newsworthy = Summary<Exclude<Form, 'people'>>;

/** What one ISO week brought. Digests are not among its pieces: they say the same again. */
export interface News<Piece extends Newsworthy> {
  week: string;
  /** Forms in their order, each with its pieces of the week, newest first. */
  forms: { form: Form; pieces: Piece[] }[];
  quotes: { quote: Quote; piece: Piece }[];
  /** Questions that the week's discussions left without an answer. */
  open: { question: string; piece: Piece }[];
  /** The same week of earlier years as far as it has pieces, the last year first. */
  past: { week: string; pieces: Piece[] }[];
}

/** Gathers a week's news from all pieces, which stand newest first. */
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

/** The weeks that have pieces, newest first. */
export function weeksOf(all: readonly Newsworthy[]): string[] {
  return [...new Set(all.map(({ date }) => weekOf(date)))];
}
