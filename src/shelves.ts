import { readFileSync } from 'node:fs';
import type { Body, Card, Lists, Saying } from './catalogue.ts';
import { compare } from './compare.ts';
import type { Quote, Teaser } from './markdown/content.ts';
import type { FileHistory } from './history.ts';
import { circlesOf, tiersOf, type Audience } from './model/audience.ts';
import type { Form } from './model/form.ts';
import type { Level, Role } from './model/lists.ts';
import type { Series } from './model/series.ts';
import type { Suggestion } from './model/suggestions.ts';
import type { Topic } from './model/topics.ts';
import { weekOf } from './model/week.ts';
import { newsOf, weeksOf, type News } from './news.ts';
import { leads, relatedTo, type Related } from './related.ts';

/** Anything but a person: what lists, topics and series gather. */
export type Piece = Card<Exclude<Form, 'people'>>;

/** Someone whom an entry names; `address` (without base) where the audience may open their page. */
export interface Named {
  id: string;
  name: string;
  address?: string;
  role?: string;
}

/** A key quote and the piece it stands in. */
export interface QuoteAt {
  quote: Quote;
  entry: Piece;
}

/** A viewpoint or pick and the piece it stands in. */
export interface SayingAt {
  saying: Saying;
  entry: Piece;
}

/** Everything here that has to do with one person, newest first. */
export interface Shelf {
  /** Talks in which they speak. */
  talks: Card<'talks'>[];
  /** Pieces that name them in front matter, but for those talks. */
  written: Piece[];
  /** Discussions that they asked for. */
  asked: Card<'discussions'>[];
  quotes: QuoteAt[];
  viewpoints: SayingAt[];
  picks: SayingAt[];
  /** Pieces that name them in the body alone and quote nothing of theirs. */
  appears: Piece[];
}

export interface SeriesShelf {
  series: Series;
  /** By number. */
  entries: Piece[];
}

/** What one audience may read, arranged as pages ask for it. Everything is computed once for all pages. */
export class Library {
  readonly audience: Audience;
  /** Whose pieces are here, the widest circle first: `public`, and each tier up to the audience's. */
  readonly circles: readonly Audience[];
  /** Newest first. */
  readonly entries: Piece[];
  /** By the day they joined. */
  readonly people: Card<'people'>[];
  /** Topics that have a piece, those with most pieces first. */
  readonly topics: { topic: Topic; entries: Piece[] }[];
  /** Series that have a piece. */
  readonly series: SeriesShelf[];
  /** Key quotes, those of the newest pieces first. */
  readonly quotes: QuoteAt[];
  /** ISO weeks that have a piece, newest first. */
  readonly weeks: string[];
  /** The day for which pages are made, YYYY-MM-DD. Most pages don't show it, and need not be made again for it. */
  readonly today: string;
  readonly #cards: Map<string, Card>;
  readonly #lists: Lists;
  readonly #byAddress: Map<string, Card>;
  readonly #histories: ReadonlyMap<string, FileHistory>;
  readonly #byForm = new Map<Form, Piece[]>();
  readonly #backlinks = new Map<string, Piece[]>();
  readonly #ledBy = new Map<string, Piece[]>();
  readonly #byWeek = new Map<string, Piece[]>();

  constructor(
    cards: Card[],
    lists: Lists,
    audience: Audience,
    today: string,
    histories: ReadonlyMap<string, FileHistory>,
  ) {
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

  /** Pieces of a form, newest first. */
  of<F extends Exclude<Form, 'people'>>(form: F): Card<F>[] {
    return (this.#byForm.get(form) ?? []) as Card<F>[];
  }

  /** An entry by its id (FORM/NAME), or `undefined` where this audience may not read it. */
  entry(id: string): Card | undefined {
    return this.#cards.get(id);
  }

  /** The entry whose page stands at a logical address. */
  at(address: string): Card | undefined {
    return this.#byAddress.get(address);
  }

  /** The body of an entry, read when its page is rendered. */
  body(card: Card): Body {
    return JSON.parse(readFileSync(card.body, 'utf8')) as Body;
  }

  /** How a person is called and, where this audience may open it, the address of their page. */
  person(id: string): Named {
    const card = this.#cards.get(`people/${id}`);
    const name = this.#lists.people.get(id)?.name ?? id;
    if (card?.form !== 'people') return { id, name };
    return { id, name, address: card.address, role: card.data.role };
  }

  /** A topic by its id; its page exists where the topic has a piece that this audience may read. */
  topic(id: string): Topic & { address?: string } {
    const topic = this.#lists.topics.get(id) ?? { id, name: id, aliases: [], formerly: [] };
    const hasPage = this.topics.some((shelf) => shelf.topic.id === id);
    return hasPage ? { ...topic, address: `/topics/${id}/` } : topic;
  }

  /** A topic that has a piece, with all of its pieces. */
  topicShelf(id: string): { topic: Topic; entries: Piece[] } | undefined {
    return this.topics.find(({ topic }) => topic.id === id);
  }

  /** A series that has a piece, with all of its pieces. */
  seriesShelf(id: string): SeriesShelf | undefined {
    return this.series.find(({ series }) => series.id === id);
  }

  /** The series an entry stands in, with all of its pieces. */
  seriesOf(entry: Piece): SeriesShelf | undefined {
    return entry.data.series === undefined ? undefined : this.seriesShelf(entry.data.series);
  }

  /** What newcomers should begin with; picks that this audience may not read are left out. */
  get start(): { entry: Piece; why: string; level: Level[]; role: Role[] }[] {
    return this.#lists.start.picks.flatMap(({ entry: id, why, level, role }) => {
      const entry = this.entry(id);
      return entry && entry.form !== 'people' ? [{ entry, why, level, role }] : [];
    });
  }

  /** Whom newcomers ask for what. */
  get guides(): (Named & { what: string })[] {
    return this.#lists.start.who.map(({ person, for: what }) => ({ ...this.person(person), what }));
  }

  /** What members would like to have taken apart, those planned first; with the piece where there is one. */
  get suggestions(): { suggestion: Suggestion; entry?: Card }[] {
    const order = ['planned', 'wanted', 'done'];
    return this.#lists.suggestions
      .map((suggestion) => {
        const entry = suggestion.entry === undefined ? undefined : this.entry(suggestion.entry);
        return { suggestion, ...(entry && { entry }) };
      })
      .sort((a, b) => order.indexOf(a.suggestion.state) - order.indexOf(b.suggestion.state));
  }

  /** What strangers see on doors; none but in the public's own run. */
  get teasers(): readonly Teaser[] {
    return this.#lists.teasers;
  }

  /** What the tier is called that reads below `<Members />` in an entry, where members of this audience don't. */
  tierBehind({ id }: Card): string | undefined {
    return this.#lists.cutFor.get(id);
  }

  /** Pieces of an ISO week, newest first. */
  ofWeek(week: string): Piece[] {
    return this.#byWeek.get(week) ?? [];
  }

  /** What an ISO week brought. */
  news(week: string): News<Piece> {
    const sameNumber = this.weeks.filter((other) => other.endsWith(week.slice(4)));
    return newsOf(
      sameNumber.flatMap((other) => this.ofWeek(other)),
      week,
    );
  }

  /** The weeks with pieces before and after one. */
  weeksAround(week: string): { earlier?: string; later?: string } {
    const at = this.weeks.indexOf(week);
    const earlier = this.weeks[at + 1];
    const later = this.weeks[at - 1];
    return { ...(earlier && { earlier }), ...(later && { later }) };
  }

  /** The digest of an ISO week. */
  digestOf(week: string): Card<'digests'> | undefined {
    return this.of('digests').find(({ data }) => data.week === week);
  }

  /** Has a day come, YYYY-MM-DD? */
  hasCome(day: string): boolean {
    return day <= this.today;
  }

  /** Is a day past? */
  isPast(day: string): boolean {
    return day < this.today;
  }

  /** When an entry was last changed, and by whom, as far as git knows. */
  historyOf({ id }: Card): FileHistory | undefined {
    return this.#histories.get(id);
  }

  /** At most `most` pieces of a topic to begin with: those that editors picked, then those linked to most. */
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

  /** Pieces that link to an entry, newest first. */
  backlinks(card: Card): Piece[] {
    return this.#backlinks.get(card.id) ?? [];
  }

  /** Pieces whose speaker, guest or author someone is, newest first. */
  ledBy(person: string): Piece[] {
    return this.#ledBy.get(person) ?? [];
  }

  /** At most `most` pieces to read next, each with its reason, the nearest first. */
  related(entry: Piece, most: number): Related[] {
    return relatedTo(entry, this, most);
  }

  /** Before and after an entry: in its series where it has one, else in its form by date. */
  neighbours(entry: Piece): { previous?: Piece; next?: Piece } {
    const row = this.seriesOf(entry)?.entries ?? this.of(entry.form).toReversed();
    const at = row.findIndex(({ id }) => id === entry.id);
    const previous = row[at - 1];
    const next = row[at + 1];
    return { ...(previous && { previous }), ...(next && { next }) };
  }

  /** Everything of one person. */
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
}

function numberOf(entry: Piece): number {
  return entry.data.number ?? 0;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
