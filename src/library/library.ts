import { readFileSync } from 'node:fs';
import type { Body, Card, Lists, Saying } from './catalogue.ts';
import type { Shown } from './handover.ts';
import { compare } from '../text/compare.ts';
import type { Quote, Teaser } from '../markdown/content.ts';
import type { FileHistory } from '../history.ts';
import { circlesOf, tiersOf, type Audience } from '../model/audience.ts';
import { SECTIONS, type Form, type Section } from '../model/form.ts';
import type { Level, Role } from '../model/lists.ts';
import type { Series } from '../model/series.ts';
import type { Suggestion } from '../model/suggestions.ts';
import type { Topic } from '../model/topics.ts';
import { weekOf } from '../model/week.ts';
import { newsOf, weeksOf, type News } from './news.ts';
import { leads, relatedTo, type Related } from './related.ts';

/** Any entry but a person; lists, topics and series consist of pieces. */
export type Piece = Card<Exclude<Form, 'people'>>;

/** A person named in an entry, with the `address` of their page (without base) if the audience may open it. */
export interface Named {
  id: string;
  name: string;
  address?: string;
  role?: string;
}

/** A key quote and the piece that contains it. */
export interface QuoteAt {
  quote: Quote;
  entry: Piece;
}

/** A viewpoint or pick and the piece that contains it. */
export interface SayingAt {
  saying: Saying;
  entry: Piece;
}

/** Everything about one person, newest first. */
export interface Shelf {
  /** Talks in which they speak. */
  talks: Card<'talks'>[];
  /** Other pieces that name them in their front matter. */
  written: Piece[];
  /** Discussions whose question they asked. */
  asked: Card<'discussions'>[];
  quotes: QuoteAt[];
  viewpoints: SayingAt[];
  picks: SayingAt[];
  /** Pieces that only mention them in the body, without a quote, viewpoint or pick of theirs. */
  appears: Piece[];
}

export interface SeriesShelf {
  series: Series;
  /** By number. */
  entries: Piece[];
}

/** What one audience may read, indexed the way pages query it. The indexes are built once for all pages. */
export class Library {
  readonly audience: Audience;
  /** The audiences whose pieces are included, widest first: `public`, then each tier up to this audience's. */
  readonly circles: readonly Audience[];
  /** Newest first. */
  readonly entries: Piece[];
  /** Sorted by the day they joined. */
  readonly people: Card<'people'>[];
  /** Topics with at least one piece, those with the most pieces first. */
  readonly topics: { topic: Topic; entries: Piece[] }[];
  /** Series with at least one piece. */
  readonly series: SeriesShelf[];
  /** Key quotes, those of the newest pieces first. */
  readonly quotes: QuoteAt[];
  /** ISO weeks with at least one piece, newest first. */
  readonly weeks: string[];
  /**
   * The day that pages are rendered for, YYYY-MM-DD. Read it only where a page shows it: each page that reads it is
   * rendered again every day.
   */
  readonly today: string;
  readonly #cards: Map<string, Card>;
  readonly #lists: Lists;
  readonly #byAddress: Map<string, Card>;
  readonly #histories: ReadonlyMap<string, FileHistory>;
  readonly #byForm = new Map<Form, Piece[]>();
  readonly #backlinks = new Map<string, Piece[]>();
  readonly #ledBy = new Map<string, Piece[]>();
  readonly #byWeek = new Map<string, Piece[]>();

  constructor({ cards, lists, histories }: Shown, audience: Audience, today: string) {
    const circles = circlesOf(audience, tiersOf(lists.tiers));
    const readable = cards
      .filter((card) => circles.includes(card.access))
      .sort((a, b) => compare(b.date, a.date) || compare(a.id, b.id));
    this.audience = audience;
    this.circles = circles;
    this.today = today;
    this.#lists = lists;
    this.#histories = histories;
    this.#cards = new Map(readable.map((card) => [card.id, card]));
    this.#byAddress = new Map(readable.map((card) => [card.address, card]));
    this.entries = readable.filter((card) => card.form !== 'people');
    this.people = readable
      .filter((card) => card.form === 'people')
      .sort((a, b) => compare(a.date, b.date) || compare(a.id, b.id));
    this.quotes = this.entries.flatMap((entry) => entry.quotes.map((quote) => ({ quote, entry })));

    this.weeks = weeksOf(this.entries);

    const byTopic = new Map<string, Piece[]>();
    const bySeries = new Map<string, Piece[]>();
    for (const entry of this.entries) {
      push(this.#byForm, entry.form, entry);
      push(this.#byWeek, weekOf(entry.date), entry);
      for (const topic of entry.data.topics) push(byTopic, topic, entry);
      if (entry.data.series) push(bySeries, entry.data.series, entry);
    }
    this.topics = [...lists.topics.values()]
      .map((topic) => ({ topic, entries: byTopic.get(topic.id) ?? [] }))
      .filter(({ entries }) => entries.length > 0)
      .sort((a, b) => b.entries.length - a.entries.length);
    this.series = [...lists.series.values()]
      .map((series) => ({ series, entries: bySeries.get(series.id) ?? [] }))
      .filter(({ entries }) => entries.length > 0);
    for (const { entries } of this.series) entries.sort((a, b) => numberOf(a) - numberOf(b));

    for (const entry of this.entries) {
      for (const link of entry.links) if (link !== entry.id) push(this.#backlinks, link, entry);
      for (const person of leads(entry)) push(this.#ledBy, person, entry);
    }
  }

  /**
   * The sections with something in them. For strangers all of them, because members may find something where nothing is
   * public.
   */
  get filled(): Section[] {
    return SECTIONS.filter((section) => this.audience === 'public' || this.#hasAny(section));
  }

  /** Returns the pieces of a form, newest first. */
  of<F extends Exclude<Form, 'people'>>(form: F): Card<F>[] {
    return (this.#byForm.get(form) ?? []) as Card<F>[];
  }

  /** Returns an entry by its id (FORM/NAME), or `undefined` if this audience may not read it. */
  entry(id: string): Card | undefined {
    return this.#cards.get(id);
  }

  /** Returns the entry whose page has a logical address. */
  at(address: string): Card | undefined {
    return this.#byAddress.get(address);
  }

  /** Reads the body of an entry from its file. */
  body(card: Card): Body {
    return JSON.parse(readFileSync(card.body, 'utf8')) as Body;
  }

  /** Returns a person's name and, if this audience may open their page, its address. */
  person(id: string): Named {
    const card = this.#cards.get(`people/${id}`);
    const name = this.#lists.people.get(id)?.name ?? id;
    if (card?.form !== 'people') return { id, name };
    return { id, name, address: card.address, role: card.data.role };
  }

  /**
   * Returns a topic by its id, with its address if it has a page: if this audience may read at least one of its pieces.
   */
  topic(id: string): Topic & { address?: string } {
    const topic = this.#lists.topics.get(id) ?? { id, name: id, aliases: [], formerly: [] };
    const hasPage = this.topics.some((shelf) => shelf.topic.id === id);
    return hasPage ? { ...topic, address: `/topics/${id}/` } : topic;
  }

  /** Returns a topic with all its pieces, or `undefined` if it has none. */
  topicShelf(id: string): { topic: Topic; entries: Piece[] } | undefined {
    return this.topics.find(({ topic }) => topic.id === id);
  }

  /** Returns a series with all its pieces, or `undefined` if it has none. */
  seriesShelf(id: string): SeriesShelf | undefined {
    return this.series.find(({ series }) => series.id === id);
  }

  /** Returns the series of an entry, with all its pieces. */
  seriesOf(entry: Piece): SeriesShelf | undefined {
    return entry.data.series === undefined ? undefined : this.seriesShelf(entry.data.series);
  }

  /** What newcomers should begin with, without the picks that this audience may not read. */
  get start(): { entry: Piece; why: string; level: Level[]; role: Role[] }[] {
    return this.#lists.start.picks.flatMap(({ entry: id, why, level, role }) => {
      const entry = this.entry(id);
      return entry && entry.form !== 'people' ? [{ entry, why, level, role }] : [];
    });
  }

  /** The people whom newcomers can ask, and what about. */
  get guides(): (Named & { what: string })[] {
    return this.#lists.start.who.map(({ person, for: what }) => ({ ...this.person(person), what }));
  }

  /**
   * The books and courses that members suggested: planned ones first, then wanted, then done, with the finished piece.
   */
  get suggestions(): { suggestion: Suggestion; entry?: Card }[] {
    const order = ['planned', 'wanted', 'done'];
    return this.#lists.suggestions
      .map((suggestion) => {
        const entry = suggestion.entry === undefined ? undefined : this.entry(suggestion.entry);
        return { suggestion, ...(entry && { entry }) };
      })
      .sort((a, b) => order.indexOf(a.suggestion.state) - order.indexOf(b.suggestion.state));
  }

  /** The teasers on doors; empty except in the public run. */
  get teasers(): readonly Teaser[] {
    return this.#lists.teasers;
  }

  /** Returns the name of the tier that may read below `<Members />` in an entry, if this audience may not. */
  tierBehind({ id }: Card): string | undefined {
    return this.#lists.cutFor.get(id);
  }

  /** Returns the pieces of an ISO week, newest first. */
  ofWeek(week: string): Piece[] {
    return this.#byWeek.get(week) ?? [];
  }

  /** Returns the news of an ISO week. */
  news(week: string): News<Piece> {
    const sameNumber = this.weeks.filter((other) => other.endsWith(week.slice(4)));
    return newsOf(
      sameNumber.flatMap((other) => this.ofWeek(other)),
      week,
    );
  }

  /** Returns the nearest weeks with pieces before and after a week. */
  weeksAround(week: string): { earlier?: string; later?: string } {
    const at = this.weeks.indexOf(week);
    const earlier = this.weeks[at + 1];
    const later = this.weeks[at - 1];
    return { ...(earlier && { earlier }), ...(later && { later }) };
  }

  /** Returns the digest of an ISO week. */
  digestOf(week: string): Card<'digests'> | undefined {
    return this.of('digests').find(({ data }) => data.week === week);
  }

  /** Whether a day (YYYY-MM-DD) is today or earlier. */
  hasCome(day: string): boolean {
    return day <= this.today;
  }

  /** Whether a day (YYYY-MM-DD) is before today. */
  isPast(day: string): boolean {
    return day < this.today;
  }

  /** Returns the git history of an entry: when it was last changed, and who contributed. */
  historyOf({ id }: Card): FileHistory | undefined {
    return this.#histories.get(id);
  }

  /**
   * Returns at most `most` pieces of a topic to begin with: those that editors picked, then those with the most links
   * to them.
   */
  bestOf(topic: string, most: number): Piece[] {
    const weight = (entry: Piece) =>
      (entry.data.featured ? 100 : 0) +
      (this.#lists.start.picks.some((pick) => pick.entry === entry.id) ? 50 : 0) +
      this.backlinks(entry).length;
    return (this.topicShelf(topic)?.entries ?? [])
      .filter((entry) => weight(entry) > 0)
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, most);
  }

  /** Returns the pieces that link to an entry, newest first. */
  backlinks(card: Card): Piece[] {
    return this.#backlinks.get(card.id) ?? [];
  }

  /** Returns the pieces whose speaker, guest or author is `person`, newest first. */
  ledBy(person: string): Piece[] {
    return this.#ledBy.get(person) ?? [];
  }

  /** Returns at most `most` pieces to read next, each with its reason, closest first. */
  related(entry: Piece, most: number): Related[] {
    return relatedTo(entry, this, most);
  }

  /** Returns the pieces before and after an entry: in its series if it has one, otherwise by date within its form. */
  neighbours(entry: Piece): { previous?: Piece; next?: Piece } {
    const row = this.seriesOf(entry)?.entries ?? this.of(entry.form).toReversed();
    const at = row.findIndex(({ id }) => id === entry.id);
    const previous = row[at - 1];
    const next = row[at + 1];
    return { ...(previous && { previous }), ...(next && { next }) };
  }

  /** Returns everything about one person. */
  shelf(id: string): Shelf {
    const shelf: Shelf = {
      talks: [],
      written: [],
      asked: [],
      quotes: [],
      viewpoints: [],
      picks: [],
      appears: [],
    };
    for (const entry of this.entries.filter(({ mentions }) => mentions.includes(id))) {
      const quotes = entry.quotes.filter(({ who }) => who === id);
      const said = entry.said.filter(({ who }) => who === id);
      shelf.quotes.push(...quotes.map((quote) => ({ quote, entry })));
      for (const saying of said) {
        (saying.component === 'Pick' ? shelf.picks : shelf.viewpoints).push({ saying, entry });
      }
      if (entry.form === 'discussions' && entry.data.asked_by === id) shelf.asked.push(entry);
      if (entry.form === 'talks' && entry.data.speakers.includes(id)) shelf.talks.push(entry);
      else if (Object.values(entry.data.people).some((ids) => ids?.includes(id))) shelf.written.push(entry);
      else if (quotes.length + said.length === 0 && !shelf.asked.some((one) => one === entry))
        shelf.appears.push(entry);
    }
    return shelf;
  }

  #hasAny(section: Section): boolean {
    if (section === 'topics' || section === 'series' || section === 'people' || section === 'quotes')
      return this[section].length > 0;
    return this.of(section).length > 0;
  }
}

function numberOf(entry: Piece): number {
  return entry.data.number ?? 0;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
