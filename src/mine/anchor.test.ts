import { expect, test } from 'vitest';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { findQuotes, quoteOf, type TextQuote } from './anchor.ts';
import { LONGEST, MOST } from './log.ts';

const text =
  '活跃是约出来的，不是催出来的。每周三晚上九点，二十分钟，准时结束。想让人下次来，就停在大家还想说的时候。' +
  '红包没有用。活跃是约出来的，不是催出来的。这句话我说过两遍。';

const findQuote = (within: string, quote: TextQuote) => findQuotes(within, [quote])[0] ?? null;

/** Marks the nth occurrence of `words` and finds it again in an edited text. */
function refind(words: string, edited: string, nth = 1): string | null {
  let start = -1;
  for (let i = 0; i < nth; i++) start = text.indexOf(words, start + 1);
  const span = findQuote(edited, quoteOf(text, { start, end: start + words.length }));
  return span && edited.slice(span.start, span.end);
}

test('finds the words in an unchanged text', () => {
  expect(refind('红包没有用', text)).toBe('红包没有用');
});

test('tells repeated words apart by the text around them', () => {
  const words = '活跃是约出来的，不是催出来的。';
  const second = text.lastIndexOf(words);
  expect(findQuote(text, quoteOf(text, { start: second, end: second + words.length }))?.start).toBe(second);
  expect(findQuote(`新加的一段。${text}`, quoteOf(text, { start: 0, end: words.length }))?.start).toBe(6);
});

test('finds the words when the text around them was edited', () => {
  expect(refind('红包没有用', text.replaceAll('的时候', '的那一刻').replace('活跃是约', '热闹是约'))).toBe(
    '红包没有用',
  );
});

test('finds the words when they were edited slightly', () => {
  const edited = text.replace('每周三晚上九点，二十分钟', '每周四晚上九点，二十五分钟');
  expect(refind('每周三晚上九点，二十分钟，准时结束', edited)).toBe('每周四晚上九点，二十五分钟，准时结束');
});

test('finds nothing when the words were deleted', () => {
  expect(refind('想让人下次来，就停在大家还想说的时候', text.replace(/想让人.*?时候。/, ''))).toBeNull();
  expect(findQuote('', { exact: '红包', prefix: '', suffix: '' })).toBeNull();
});

test('hundreds of long passages that are not in the text take little longer than a few', async () => {
  const characters = Array.from({ length: 40_000 }, (_, at) =>
    String.fromCharCode(0x4e00 + ((at * 7919) % 5000)),
  );
  const talk = characters.join('');
  const shuffled = characters.toSorted().join('');
  const foreign = Array.from({ length: MOST.highlights }, (_, at): TextQuote => ({
    exact: shuffled.slice(at, at + LONGEST.exact),
    prefix: '',
    suffix: '',
  }));
  const own = quoteOf(talk, { start: 30_000, end: 30_100 });
  const timeOf = (count: number) =>
    processorTime(() =>
      expect(findQuotes(talk, [...foreign.slice(0, count), own]).filter(Boolean)).toHaveLength(1),
    );
  await timeOf(1);
  expect(await timeOf(MOST.highlights)).toBeLessThan(4 * (await timeOf(5)));
});
