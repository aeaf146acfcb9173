import { expect, test } from 'vitest';
import { fold } from '../fold.ts';
import { beginningOf, hitsIn } from './hits.ts';
import { ZONES, type StoredText } from '../record.ts';

const [TITLE, QUOTE, TOPIC, BODY, ALIAS] = (['title', 'quote', 'topic', 'body', 'alias'] as const).map(
  (zone) => ZONES.indexOf(zone),
) as [number, number, number, number, number];

const talk: StoredText = {
  places: [
    { kind: 'top', id: '', label: '' },
    { kind: 'line', id: 't-60', label: '林夏', start: 60 },
    { kind: 'line', id: 't-100', label: '苏晚', start: 100 },
    { kind: 'quote', id: 'q-1', label: '', start: 90 },
    { kind: 'topic', id: 'topics', label: '' },
  ],
  blocks: [
    [TITLE, 0, '社群第一讲'],
    [BODY, 1, '1:00 林夏'],
    [BODY, 1, '先说十个字的一句。然后说社群。'],
    [BODY, 2, '1:40 苏晚'],
    [BODY, 2, '好的，社群。'],
    [QUOTE, 3, '慢慢来'],
    [TOPIC, 4, '留存'],
    [ALIAS, 4, '复购'],
  ],
};

function hits(...queries: string[]) {
  const runs = queries.map((query) => fold(query).characters);
  return hitsIn(talk, runs).map(({ place, second, text }) => [place.id, second, text]);
}

test('a hit in a line leads to the second at which its sentence is said', () => {
  // Nine of the line's fifteen characters come before the sentence, and the next line begins 40 seconds later.
  expect(hits('社群')).toEqual([
    ['t-60', 84, '先说十个字的一句。然后说社群。'],
    ['t-100', 100, '好的，社群。'],
  ]);
  expect(hits('先说')).toEqual([['t-60', 60, '先说十个字的一句。然后说社群。']]);
});

test('a hit in a quote leads to the second that the quote names', () => {
  expect(hits('慢慢')).toEqual([['q-1', 90, '慢慢来']]);
});

test('a hit in a speaker’s name shows what they say', () => {
  expect(hits('林夏')).toEqual([['t-60', 60, '先说十个字的一句。然后说社群。']]);
});

test('a hit in a heading shows what is said below it, but nothing of the next section', () => {
  const HEADING = ZONES.indexOf('heading');
  const sections: StoredText = {
    places: [
      { kind: 'top', id: '', label: '' },
      { kind: 'section', id: 'a', label: '吵架怎么收' },
      { kind: 'line', id: 't-60', label: '林夏', start: 60 },
      { kind: 'section', id: 'b', label: '吵架之后' },
      { kind: 'section', id: 'c', label: '消失一周' },
    ],
    blocks: [
      [HEADING, 1, '吵架怎么收'],
      [BODY, 2, '1:00 林夏'],
      [BODY, 2, '话术有没有？'],
      [HEADING, 3, '吵架之后'],
      [HEADING, 4, '消失一周'],
      [BODY, 4, '怎么知道交接成了？'],
    ],
  };
  const found = hitsIn(sections, [fold('吵架').characters]).map(({ place, text }) => [place.id, text]);
  expect(found).toEqual([
    ['a', '话术有没有？'],
    ['b', '吵架之后'],
  ]);
});

test('a hit in the name below a quote shows the quote', () => {
  const quoted: StoredText = {
    places: [
      { kind: 'top', id: '', label: '' },
      { kind: 'quote', id: 'q-1', label: '开场', start: 90 },
    ],
    blocks: [
      [TITLE, 0, '社群第一讲'],
      [QUOTE, 1, '慢慢来，比较快。'],
      [QUOTE, 1, '林夏不急。'],
      [QUOTE, 1, '苏晚 1:30 讨论当晚'],
    ],
  };
  const textsFor = (query: string) => hitsIn(quoted, [fold(query).characters]).map(({ text }) => text);
  expect(textsFor('苏晚')).toEqual(['慢慢来，比较快。']);
  expect(textsFor('林夏')).toEqual(['林夏不急。']);
});

test('another name of a topic is shown if nothing else matches, but not the topic’s own name', () => {
  expect(hits('留存')).toEqual([]);
  expect(hits('复购')).toEqual([['topics', undefined, '复购']]);
  expect(hits('复购', '慢慢')).toEqual([['q-1', 90, '慢慢来']]);
});

test('the beginning of an entry is the first text below its title', () => {
  const before: StoredText['blocks'] = [
    [BODY, 0, '大咖直播'],
    [TITLE, 0, '社群第一讲'],
    [QUOTE, 0, '慢慢来'],
    [BODY, 0, '导语'],
  ];
  expect(beginningOf({ places: [], blocks: before })).toBe('导语');
  expect(beginningOf({ places: [], blocks: [[TITLE, 0, '社群第一讲']] })).toBeUndefined();
});

test('the text shown of a viewpoint does not repeat the name above it', () => {
  const HEADING = ZONES.indexOf('heading');
  const discussion: StoredText = {
    places: [{ kind: 'viewpoint', id: 'v-1', label: '林夏' }],
    blocks: [
      [HEADING, 0, '林夏 先清沉默的群'],
      [BODY, 0, '林夏说过的话不算。'],
    ],
  };
  const shown = (query: string) =>
    hitsIn(discussion, [fold(query).characters]).map(({ text, spans }) => [
      text,
      spans.map(({ start, end }) => text.slice(start, end)),
    ]);
  expect(shown('沉默')).toEqual([['先清沉默的群', ['沉默']]]);
  expect(shown('林夏')).toEqual([['先清沉默的群', []]]);
  expect(shown('说过')).toEqual([['林夏说过的话不算。', ['说过']]]);
});
