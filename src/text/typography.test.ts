import { expect, test } from 'vitest';
import { breakable, cutTitle, isLong } from './typography.ts';

test('breaks between words, not inside them', () => {
  expect(breakable('怎么让沉默的群活跃起来')).toBe('怎么<wbr>让沉默的群<wbr>活跃<wbr>起来');
});

test('breaks neither before nor after punctuation', () => {
  expect(breakable('直播、录音“文字”')).toBe('直播、录音“文字”');
});

test('escapes HTML', () => {
  expect(breakable('A & <b>')).toBe('A &amp; &lt;b&gt;');
});

test('keeps a number together with what it counts', () => {
  expect(breakable('每周干货 2026 年第 47 周')).toBe(
    '每周干货 <span class="keep">2026 年</span><span class="keep">第 47 周</span>',
  );
});

test('keeps the punctuation after a number with it, so that it does not begin a line', () => {
  expect(breakable('第 47 周：录音')).toBe(
    '<span class="clause"><span class="keep">第 47 周：</span></span><span class="clause">录音</span>',
  );
});

test('makes a clause of the text before and after a colon', () => {
  expect(breakable('直播：录音')).toBe('<span class="clause">直播：</span><span class="clause">录音</span>');
});

test('nests the clauses between commas in those between colons', () => {
  expect(breakable('拆书：先做，再吃')).toBe(
    '<span class="clause">拆书：</span>' +
      '<span class="clause"><span class="clause">先做，</span><span class="clause">再吃</span></span>',
  );
});

test('keeps a number in Chinese characters together with its measure word', () => {
  expect(breakable('来了一百零四人')).toBe('来了<wbr>一百零四人');
  expect(breakable('一张名单和年底')).toBe('一张名单<wbr>和年底');
});

test('keeps a date together, and allows a line break after it', () => {
  expect(breakable('2026 年 3 月 2 日至 3 月 31 日，共 30 天')).toBe(
    '<span class="clause"><span class="keep">2026 年 3 月 2 日</span><wbr>至 ' +
      '<span class="keep">3 月 31 日，</span></span><span class="clause">共 <span class="keep">30 天</span></span>',
  );
});

test('takes a title to pieces for a script to show', () => {
  expect(cutTitle('怎么让沉默的群')).toEqual(['怎么', null, '让沉默的群']);
  expect(cutTitle('直播：录音')).toEqual([
    { held: 'clause', pieces: ['直播：'] },
    { held: 'clause', pieces: ['录音'] },
  ]);
});

test('calls a title long by its width, not by its number of letters', () => {
  expect(isLong('八'.repeat(40))).toBe(false);
  expect(isLong('八'.repeat(41))).toBe(true);
  expect(isLong('How we got our first hundred members, and what we’d do again')).toBe(false);
});
