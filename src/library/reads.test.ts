import { expect, test } from 'vitest';
import type { Card, Lists } from './catalogue.ts';
import { Reads } from './reads.ts';
import { Library } from './library.ts';

const lists: Lists = {
  people: new Map([['lin', { id: 'lin', name: '林夏' }]]),
  topics: new Map(),
  series: new Map(),
  start: { picks: [], who: [] },
  suggestions: [],
  synonyms: [],
  tiers: [],
  teasers: [],
  cutFor: new Map(),
};

function note(name: string, more: object = {}): Card {
  return {
    id: `notes/${name}`,
    form: 'notes',
    slug: name,
    name,
    address: `/notes/${name}/`,
    title: name,
    date: '2026-11-01',
    access: 'members',
    data: { topics: [], people: {} },
    quotes: [],
    said: [],
    mentions: [],
    links: [],
    digest: name,
    body: `/bodies/${name}.json`,
    ...more,
  } as unknown as Card;
}

const open = (cards: Card[], today = '2026-11-24', known = lists) =>
  new Reads(new Library({ cards, lists: known, histories: new Map() }, 'members', today));

test('the answer to a page’s question changes only when something that the page shows has changed', () => {
  const before = open([note('a'), note('b', { links: ['notes/a'] }), note('c')]);
  const { view: library } = before;
  const a = library.at('/notes/a/')!;
  expect(library.backlinks(a).map(({ name }) => name)).toEqual(['b']);
  expect(library.hasCome('2026-11-20')).toBe(true);
  library.person('lin');
  const reads = before.take();
  expect([...reads.keys()]).toEqual([
    '["at","/notes/a/"]',
    '["backlinks",{"entry":"notes/a"}]',
    '["hasCome","2026-11-20"]',
    '["person","lin"]',
  ]);
  expect(before.take().size).toBe(0);

  const changed = (after: Reads) =>
    [...reads].filter(([question, digest]) => after.digestOf(question) !== digest).map(([one]) => one);
  const b = note('b', { links: ['notes/a'] });
  expect(changed(open([note('a'), b, note('c', { title: '改了' })], '2026-12-01'))).toEqual([]);
  expect(changed(open([note('a'), { ...b, title: '改了' }]))).toEqual(['["backlinks",{"entry":"notes/a"}]']);
  expect(changed(open([note('a', { body: '/bodies/other.json' }), b]))).toEqual(['["at","/notes/a/"]']);
  expect(changed(open([b]))).toEqual(['["at","/notes/a/"]', '["backlinks",{"entry":"notes/a"}]']);
  expect(changed(open([note('a'), b], '2026-11-19'))).toEqual(['["hasCome","2026-11-20"]']);
  const renamed = { ...lists, people: new Map([['lin', { id: 'lin', name: '林秋' }]]) };
  expect(changed(open([note('a'), b], '2026-11-24', renamed))).toEqual(['["person","lin"]']);
});

test('refuses a question that can’t be asked again later', () => {
  const { view: library } = open([note('a')]);
  expect(() => library.backlinks(note('a') as never)).toThrow(TypeError);
});
