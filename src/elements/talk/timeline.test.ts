import { describe, expect, test } from 'vitest';
import { indexAt, playFrom, secondOfSentence, secondsOf, sentenceStart } from './timeline.ts';

test.each([
  [0, -1],
  [1, 0],
  [8.9, 0],
  [9, 1],
  [100, 2],
])('at second %d the current line is number %d', (time, index) => {
  expect(indexAt([1, 9, 16], time)).toBe(index);
});

test('no line is current in an empty transcript', () => {
  expect(indexAt([], 5)).toBe(-1);
});

describe('a sentence begins', () => {
  const text = '试过，而且砸了。“为什么？”三年前，我用一张海报……三天进了四百人。';
  test.each([
    ['where its line begins, if it is the first', 3, 0],
    ['after a full stop', text.indexOf('为'), text.indexOf('“')],
    ['after a closing quotation mark', text.indexOf('我'), text.indexOf('三年')],
    ['after an ellipsis', text.indexOf('四百'), text.indexOf('三天')],
  ])('%s', (_, offset, start) => {
    expect(sentenceStart(text, offset)).toBe(start);
  });

  test('before brackets and quotation marks that end within it', () => {
    expect(sentenceStart('试过。他说“不行”（笑），后来行了。', 12)).toBe(3);
  });
});

test('a sentence half-way through a line is timed half-way through the line', () => {
  expect(secondOfSentence(30, 50, 0.5)).toBe(40);
  expect(secondOfSentence(30, undefined, 0.5)).toBe(30);
});

test.each([
  ['#t=754', 754],
  ['#t-9', 9],
  ['#t=1.5', 1.5],
  ['#s-1f0c9a2b', undefined],
  ['', undefined],
])('%s leads to second %s', (hash, seconds) => {
  expect(secondsOf(hash)).toBe(seconds);
});

test.each([
  ['#t=754&play=760', 760],
  ['#t=754', undefined],
  ['#play=760', undefined],
])('%s asks to play from second %s', (hash, second) => {
  expect(playFrom(hash)).toBe(second);
});
