import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSource } from '../../../src/markdown/compile.ts';
import { isForm } from '../../../src/model/form.ts';
import { processorTime } from '../../../tests/lib/processor-time.ts';
import { listFiles } from '../../lib/folder.ts';
import { projectRoot } from '../../lib/settings.ts';
import { blocksOf, type Block } from './blocks.ts';
import { editsOf, isSettled, lintBlock, linterEdits } from './lint.ts';

const PLAIN = Array.from('中文年〇Ab1 \n，。、；：？！“”‘’（）《》');
const MORE = [...Array.from('.,()"\'[]{}【】－ａ/%-`|#&…—😀'), '漢字漢字', '汉字汉', 'Mr', '&lt;'];

type Text = Pick<Block, 'text' | 'marks'>;

/** Returns pseudo-random texts, the same in each run. */
const texts = (pieces: string[], maxLength: number, numRuns: number): Text[] =>
  fc
    .sample(fc.array(fc.constantFrom(...pieces), { maxLength }), { seed: 7, numRuns })
    .map((parts) => ({ text: parts.join(''), marks: [] }));

function ownBlocks(): Block[] {
  const content = join(projectRoot, 'content');
  return listFiles(content).flatMap((file) => {
    const [form = ''] = file.split('/');
    if (!file.endsWith('.mdx') || !isForm(form)) return [];
    const { front, root } = parseSource(readFileSync(join(content, file), 'utf8'), form);
    return blocksOf(front.body, root);
  });
}

test('leaving out the middle of long words does not change what the linter finds', () => {
  const blocks = [...ownBlocks(), ...texts([...PLAIN, ...MORE], 20, 1000)];
  const other = blocks.filter((block) => !isDeepStrictEqual(linterEdits(block), editsOf(block)));
  expect(other).toEqual([]);
});

test('the linter would change nothing in the texts that it is not given', () => {
  const settled = [...ownBlocks(), ...texts(PLAIN, 10, 3000)].filter(isSettled);
  expect(settled.filter((block) => editsOf(block).length > 0)).toEqual([]);
  expect(settled.length).toBeGreaterThan(2000);
});

test('a text on which the linter fails has no findings', () => {
  expect(lintBlock({ offset: 0, text: '中‘》.', marks: [], isNamed: false })).toEqual([]);
});

test('a long block that is wrong everywhere takes hardly longer than zhlint itself', async () => {
  const text = '中. '.repeat(3300);
  const timed = (lint: (block: Block) => unknown[]) =>
    processorTime(() =>
      expect(lint({ offset: 0, text, marks: [], isNamed: false }).length).toBeGreaterThan(3300),
    );
  await timed(lintBlock);
  expect(await timed(lintBlock)).toBeLessThan(3 * (await timed(linterEdits)));
});
