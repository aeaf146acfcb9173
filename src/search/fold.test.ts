import { describe, expect, test } from 'vitest';
import { fold, foldText } from './fold.ts';

describe('foldText', () => {
  test.each([
    ['社群运营', '社群运营'],
    ['B 端', 'b端'],
    ['0-3 岁', '0-3岁'],
    ['０–３　岁', '0-3岁'],
    ['SOP、AARRR', 'sop、aarrr'],
    ['growth  hacking', 'growth hacking'],
    ['社 群\n运营', '社群运营'],
    ['他说“好”，', '他说"好",'],
    ['「好」', '"好"'],
    ['Café', 'cafe'],
    ['一\u200b二\u00ad三', '一二三'],
    ['3 月 5 日', '3月5日'],
    ['2 000', '2 000'],
    ['社群[1]运营', '社群运营'],
    ['社群【12】，运营²', '社群,运营'],
    ['读《疯传》[3] 之后', '读《疯传》之后'],
    ['[1] 先看 arr[1]、m² 和 10²', '[1]先看arr[1]、m2和102'],
    ['100％ 留存', '100%留存'],
    ['', ''],
    ['  ', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('fold', () => {
  test('remembers where each character comes from', () => {
    expect(fold('a 👍 端')).toEqual({ characters: ['a', '👍', '端'], starts: [0, 2, 5], ends: [1, 4, 6] });
    expect(fold('㎡')).toEqual({ characters: ['m', '2'], starts: [0, 0], ends: [1, 1] });
  });
});
