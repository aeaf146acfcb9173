import { expect, test } from 'vitest';
import type { Candidate } from '../query/search-index.ts';
import { countFacet, narrow } from './facets.ts';

const candidates = [
  {
    entry: 'talks/a',
    date: '2026-01-01',
    topics: ['留存', '拉新'],
    people: ['林夏'],
    levels: ['0-1', '1-3'],
  },
  { entry: 'talks/b', date: '2025-01-01', topics: ['留存'], people: [], levels: [] },
  { entry: 'notes/c', date: '', topics: [], people: ['林夏'], levels: ['0-1', '1-3'] },
].map((candidate): Candidate => ({
  ...candidate,
  title: '',
  address: '',
  load: () => Promise.reject(new Error()),
}));

test('counts the results that each value would leave with the other facets as chosen', () => {
  expect(countFacet(candidates, {}, 'form')).toEqual([
    ['talks', 2],
    ['notes', 1],
  ]);
  expect(countFacet(candidates, { person: '林夏' }, 'form')).toEqual([
    ['notes', 1],
    ['talks', 1],
  ]);
  expect(countFacet(candidates, { form: 'notes' }, 'form')).toEqual([
    ['talks', 2],
    ['notes', 1],
  ]);
  expect(countFacet(candidates, {}, 'year')).toEqual([
    ['2026', 1],
    ['2025', 1],
  ]);
  expect(countFacet(candidates, { form: 'notes', topic: '留存' }, 'topic')).toEqual([['留存', 0]]);
});

test('keeps only the entries that have every chosen value', () => {
  expect(narrow(candidates, { topic: '留存', year: '2026' }).map(({ entry }) => entry)).toEqual(['talks/a']);
  expect(narrow(candidates, { level: '3+' })).toEqual([]);
});
