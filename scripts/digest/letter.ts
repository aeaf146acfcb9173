import { LOWEST_TIER } from '../../src/model/audience.ts';
import { shortDate, weekName } from '../../src/text/dates.ts';
import { texts } from '../../src/i18n/index.ts';
import { daysOfWeek } from '../../src/model/week.ts';
import type { News, Newsworthy } from '../../src/library/news.ts';
import { site } from '../../src/site.ts';

/** A week's news for readers outside the site: texts, and the addresses that they link to. */
export interface Letter {
  heading: string;
  subject: string;
  days: string;
  sections: { title: string; items: Item[] }[];
  /** The page of the whole week, if the site has one. */
  more?: { text: string; address: string };
  footer: string;
}

export interface Item {
  /** Missing if only members may read it. */
  text?: string;
  /** A summary, or who said it. */
  note?: string;
  /** Absolute, and without any token. */
  address: string;
}

/** The most quotes in a letter; the page of the week has all of them. */
const mostQuotes = 3;
/** The most late pieces in a letter: somebody may have brought in an archive. */
const mostLate = 12;

export interface LetterOptions {
  /** The site's address without a trailing slash. */
  address: string;
  /**
   * Whether the letter contains members' titles, summaries, quotes and questions, or only links to them. Content of a
   * higher tier is always just a link, as not all readers of the letter have that tier.
   */
  withContent: boolean;
  /** What the staff picked from the chat of the week. */
  digests: readonly Newsworthy[];
  /** Pieces of earlier weeks that came too late for the letter of their week, newest first. */
  late: readonly Newsworthy[];
  /** Whether the site has a page of the week. */
  hasPage: boolean;
  /** Returns a person's name. */
  nameOf: (id: string) => string;
}

/**
 * Composes a letter with a week's news. Public pieces appear with title and summary, members' pieces only if asked for.
 */
export function letterOf(
  news: News<Newsworthy>,
  { address, withContent, digests, late, hasPage, nameOf }: LetterOptions,
): Letter {
  const mayTell = ({ access }: Newsworthy) => access === 'public' || (withContent && access === LOWEST_TIER);
  const itemOf = (piece: Newsworthy): Item => ({
    address: `${address}${piece.address}`,
    ...(mayTell(piece) && {
      text: piece.title,
      ...(piece.data.summary !== undefined && { note: piece.data.summary }),
    }),
  });
  const forms = [{ form: 'digests' as const, pieces: digests }, ...news.forms];
  const sections = forms.map(({ form, pieces }) => ({
    title: `${texts.forms[form].name} · ${texts.count(pieces.length)}`,
    items: pieces.map(itemOf),
  }));
  const quotes = news.quotes.filter(({ piece }) => mayTell(piece)).slice(0, mostQuotes);
  const open = news.open.filter(({ piece }) => mayTell(piece));
  const [monday = '', , , , , , sunday = ''] = daysOfWeek(news.week);
  const week = weekName(news.week);
  return {
    heading: texts.news.heading(site.name, week),
    subject: texts.news.subject(site.name, week),
    days: texts.weeks.days(shortDate(monday), shortDate(sunday)),
    sections: [
      ...sections,
      {
        title: `${texts.news.late} · ${texts.count(late.length)}`,
        items: late.slice(0, mostLate).map(itemOf),
      },
      {
        title: texts.quotes.title,
        items: quotes.map(({ quote, piece }) => ({
          text: quoted(quote.text),
          ...(quote.who !== undefined && { note: nameOf(quote.who) }),
          address: `${address}${piece.address}#${quote.id}`,
        })),
      },
      {
        title: texts.discussion.open,
        items: open.map(({ question, piece }) => ({
          text: question,
          address: `${address}${piece.address}#open`,
        })),
      },
      ...news.past.map(({ week: other, pieces }) => ({
        title: `${texts.digest.pastYears} · ${weekName(other)}`,
        items: pieces.map(itemOf),
      })),
    ].filter(({ items }) => items.length > 0),
    ...(hasPage && {
      more: { text: texts.news.more, address: `${address}/weeks/${news.week}/` },
    }),
    footer: withContent ? texts.news.footerFull(site.name) : texts.news.footer(site.name),
  };
}

/** Puts a text between quotation marks, and makes those within it single: `先说“行”` ⇒ “先说‘行’”. */
function quoted(text: string): string {
  return `“${text.replaceAll('“', '‘').replaceAll('”', '’')}”`;
}
