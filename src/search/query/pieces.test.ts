import { afterEach, expect, test, vi } from 'vitest';
import { parseQuery } from './query.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Splits a question in a browser that does or doesn't know the words of Chinese. */
async function split(question: string, knowsWords: boolean): Promise<[string, number][]> {
  if (!knowsWords) vi.stubGlobal('Intl', {});
  const { piecesOf } = await import('./pieces.ts');
  return piecesOf(parseQuery(question)[0]!, []).map(({ runs, weight }) => [runs[0]!.join(''), weight]);
}

test('the end of a word and the start of the next count half', async () => {
  expect(await split('什么是量子电脑？', true)).toEqual([
    ['量子', 2],
    ['子电', 1],
    ['电脑', 2],
  ]);
});

test('in a browser that does not know the words, all pairs count the same', async () => {
  expect(await split('什么是量子电脑？', false)).toEqual([
    ['量子', 2],
    ['子电', 2],
    ['电脑', 2],
  ]);
});
