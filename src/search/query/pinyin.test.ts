import { expect, test } from 'vitest';
import { isOfSyllables, runsByPinyin, wordsByPinyin } from './pinyin.ts';
import type { Dictionary } from '../record.ts';

const dictionary: Dictionary = {
  readings: {
    she: '社',
    qun: '群',
    qu: '区',
    yun: '运',
    ying: '营',
    zhuan: '转',
    hua: '化话',
    xi: '西',
    an: '安',
    xian: '先',
    lv: '率',
    zhong: '重',
    chong: '重',
    fu: '复',
    nei: '内',
  },
  variants: '',
  words: ['社群', '社区', '运营', '转化', '转化率', '西安', '先', '重复', '电话', '区内'],
};

test.each([
  ['shequn', ['社群']],
  ['sheq', ['社群', '社区']],
  ['sq', ['社群', '社区']],
  ['社qun', ['社群']],
  ['s群', ['社群']],
  ['社q', ['社群', '社区']],
  ['yunying', ['运营']],
  ['yuny', ['运营']],
  ['yunyin', ['运营']],
  ['zhh', ['转化']],
  ['zhl', ['转化率']],
  ['zhuanhualv', ['转化率']],
  ['xian', ['西安', '先']],
  ['chongfu', ['重复']],
  ['zhongfu', ['重复']],
  ['qun', []],
  ['qn', ['区内']],
  ['sop', []],
  ['社群', []],
  ['a1', []],
])('reads the pinyin %j as %j', (typed, words) => {
  expect(wordsByPinyin(typed, dictionary)).toEqual(words);
});

test('a letter for each character before two letters for one: gzh is 公众号, not 公众', () => {
  const names = { readings: { gong: '公', zhong: '众', hao: '号' }, variants: '', words: ['公众', '公众号'] };
  expect(wordsByPinyin('gzh', names)).toEqual(['公众号']);
  expect(wordsByPinyin('gzh', { ...names, words: ['公众'] })).toEqual(['公众']);
});

test.each([
  ['qun', ['群', '裙']],
  ['shequn', ['社群']],
  ['qunyunying', ['群运营']],
  ['qu', []],
  ['yunyi', ['运营']],
])('finds the pinyin %j as %j in titles', (typed, runs) => {
  const { readings } = dictionary;
  const titles = ['裙与社群', '群运营', '一群人'];
  expect(runsByPinyin(typed, titles, { ...dictionary, readings: { ...readings, qun: '群裙' } })).toEqual(
    runs,
  );
});

test.each([
  ['xian', true],
  ['quying', true],
  ['shequnyun', true],
  ['sheq', false],
  ['growth', false],
])('%j consists of whole syllables: %j', (typed, isSo) => {
  expect(isOfSyllables(typed, dictionary)).toBe(isSo);
});
