import { expect, test } from 'vitest';
import { closestTopics } from './empty.ts';
import type { Candidate } from '../query/search-index.ts';

const candidates = [['拉新', '数据'], ['数据'], ['数据', '活动']].map((topics, at): Candidate => ({
  entry: `notes/${at}`,
  address: '',
  title: '',
  date: '',
  topics,
  people: [],
  levels: [],
  load: () => Promise.reject(new Error()),
}));
const synonyms = [['拉新', '获客', '引流']];

test('suggests the topics whose names are closest to the query first, then the largest', () => {
  expect(closestTopics({ candidates, synonyms }, '活动排期')).toEqual(['活动', '数据', '拉新']);
  expect(closestTopics({ candidates, synonyms }, '抖音获客')).toEqual(['拉新', '数据', '活动']);
  expect(closestTopics({ candidates, synonyms }, '量子')).toEqual(['数据', '拉新', '活动']);
});
