import { describe, expect, test } from 'vitest';
import type { Card, Lists } from './catalogue.ts';
import { Library, type Piece } from './library.ts';

const lists = {
  people: new Map([['linxia', { id: 'linxia', name: '林夏' }]]),
  topics: new Map([
    ['retention', { id: 'retention', name: '留存', aliases: [], formerly: [] }],
    ['data', { id: 'data', name: '数据', aliases: [], formerly: [] }],
  ]),
  series: new Map([['start', { id: 'start', title: '三讲' }]]),
  start: { picks: [], who: [] },
  suggestions: [],
  synonyms: [],
  tiers: [{ id: 'patrons', name: '深度会员' }],
  teasers: [],
  cutFor: new Map(),
} satisfies Lists;

/** Makes a note with the given fields; everything else is empty. */
function note(
  name: string,
  date: string,
  { data = {}, ...rest }: Partial<Omit<Card<'notes'>, 'data'>> & { data?: object } = {},
): Card {
  return {
    id: `notes/${name}`,
    form: 'notes',
    name,
    slug: name,
    address: `/notes/${name}/`,
    title: name,
    date,
    access: 'members',
    data: { topics: [], people: {}, ...data },
    quotes: [],
    said: [],
    mentions: [],
    links: [],
    ...rest,
  } as unknown as Card;
}

const open = (cards: Card[], audience = 'members') =>
  new Library({ cards, lists, histories: new Map() }, audience, '2026-11-24');
const names = (pieces: Piece[]) => pieces.map(({ name }) => name);

test('gathers the pieces of a week', () => {
  const library = open([
    note('now', '2026-11-17'),
    note('sunday', '2026-11-22'),
    note('monday', '2026-11-23'),
    note('last-year', '2025-11-18'),
  ]);
  expect(names(library.ofWeek('2026-W47'))).toEqual(['sunday', 'now']);
  expect(
    names(open([note('now', '2026-11-17', { access: 'members' })], 'public').ofWeek('2026-W47')),
  ).toEqual([]);
});

test('puts first what editors picked, then what others link to', () => {
  const cards = [
    note('plain', '2026-01-05', { data: { topics: ['data'] } }),
    note('linked', '2026-01-01', { data: { topics: ['data'] } }),
    note('picked', '2026-01-02', { data: { topics: ['data'], featured: true } }),
    note('linking', '2026-01-04', { data: { topics: ['data'] }, links: ['notes/linked'] }),
  ];
  const library = open(cards);
  expect(names(library.bestOf('data', 3))).toEqual(['picked', 'linked']);
});

describe('what an audience may read', () => {
  const cards = [
    note('open', '2026-01-01', {
      access: 'public',
      data: { topics: ['retention'] },
      links: ['notes/closed'],
    }),
    note('closed', '2026-01-02', { data: { topics: ['retention', 'data'] }, links: ['notes/open'] }),
  ];

  test('leaves members’ pieces out of everything that the public run gathers', () => {
    const library = open(cards, 'public');
    expect(names(library.entries)).toEqual(['open']);
    expect(library.topics.map(({ topic, entries }) => [topic.id, entries.length])).toEqual([
      ['retention', 1],
    ]);
    expect(library.backlinks(cards[0]!)).toEqual([]);
    expect(library.related(cards[0] as Piece, 4)).toEqual([]);
    expect(library.entry('notes/closed')).toBeUndefined();
  });

  test('gives members both, the newest first', () => {
    const library = open(cards);
    expect(names(library.entries)).toEqual(['closed', 'open']);
    expect(names(library.backlinks(cards[0]!))).toEqual(['closed']);
  });

  test('names a person without a page, and links one that has a page', () => {
    expect(open([]).person('linxia')).toEqual({ id: 'linxia', name: '林夏' });
    const page = { id: 'people/linxia', form: 'people', address: '/people/linxia/', data: { role: '社群' } };
    const card = { ...note('linxia', '2026-01-01'), ...page } as unknown as Card;
    expect(open([card]).person('linxia')).toEqual({
      id: 'linxia',
      name: '林夏',
      address: '/people/linxia/',
      role: '社群',
    });
  });
});

describe('what to read next', () => {
  const here = note('here', '2026-02-01', {
    data: { topics: ['retention'], series: 'start', number: 2 },
    links: ['notes/linked'],
  });
  const cards = [
    here,
    note('linked', '2025-01-01'),
    note('before', '2026-01-01', { data: { topics: [], series: 'start', number: 1 } }),
    note('after', '2025-12-01', { data: { topics: [], series: 'start', number: 3 } }),
    note('topic', '2026-01-15', { data: { topics: ['retention'] } }),
    note('stranger', '2026-01-16'),
  ];
  const library = open(cards);

  test('ranks links before the series before a topic, and says why', () => {
    expect(library.related(here as Piece, 9).map(({ entry, reason }) => [entry.name, reason])).toEqual([
      ['linked', '文中提到'],
      ['before', '同一系列'],
      ['after', '同一系列'],
      ['topic', '同一主题：留存'],
    ]);
  });

  test('goes on in the series by number, whatever the dates', () => {
    const { previous, next } = library.neighbours(here as Piece);
    expect([previous?.name, next?.name]).toEqual(['before', 'after']);
  });

  test('goes on by date where there is no series', () => {
    const { previous, next } = library.neighbours(cards[4] as Piece);
    expect([previous?.name, next?.name]).toEqual(['before', 'stranger']);
  });
});

test('gathers what a person said, wrote and was named in', () => {
  const cards = [
    note('quoted', '2026-01-01', {
      mentions: ['linxia'],
      quotes: [{ id: 'q-1', who: 'linxia', text: '话', html: '话' }],
    }),
    note('written', '2026-01-02', {
      mentions: ['linxia'],
      data: { topics: [], people: { author: ['linxia'] } },
    }),
    note('named', '2026-01-03', { mentions: ['linxia'] }),
  ];
  const shelf = open(cards).shelf('linxia');
  expect(shelf.quotes.map(({ entry }) => entry.name)).toEqual(['quoted']);
  expect(names(shelf.written)).toEqual(['written']);
  expect(names(shelf.appears)).toEqual(['named']);
});
