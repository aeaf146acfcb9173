import { gunzipSync } from 'node:zlib';
import { decode } from 'cborg';
import { close, createIndex } from 'pagefind';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../../tests/lib/random.ts';
import { readBrowserHalf } from './browser-half.ts';
import { nameOf, writeIndex } from './posting-lists.ts';
import { BLOCK_END, wordsOf } from '../token.ts';

type Meta = [
  version: string,
  pages: [string, number, string][],
  lists: [string, string, string][],
  ...unknown[],
];

/** A weight of 25/24, which Pagefind doesn't write. */
const UNWRITTEN_WEIGHT = '1.0417';

// The size of a file of posting lists, for which Pagefind has no option.
beforeAll(() => {
  process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE = '2000';
});
afterAll(() => {
  delete process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE;
});

/** Indexes the same words with Pagefind, and returns its files uncompressed. */
async function indexByPagefind(pages: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { index } = await createIndex({ forceLanguage: 'unknown' });
  for (const [number, words] of pages.entries()) {
    const content = `<html><body data-pagefind-weight="${UNWRITTEN_WEIGHT}">${Array.from(words).join(' ')}</body></html>`;
    await index!.addHTMLFile({ url: `/${number}/`, content });
  }
  const { files } = await index!.getFiles();
  await close();
  const unpacked = files
    .filter(({ path }) => /\.pf_(?:meta|index)$/.test(path))
    .map(({ path, content }) => [path, gunzipSync(content).subarray('pagefind_dcd'.length)] as const);
  return new Map(unpacked);
}

/** Makes pages with character frequencies as uneven as those of a natural language. */
function somePages(seed: number, count: number): string[] {
  const below = seeded(seed);
  const character = () => {
    const rank = below(below(3000) + 1);
    return rank % 17 === 0 ? Array.from('AßÄé 9。😀')[rank % 8]! : String.fromCodePoint(0x4e00 + rank);
  };
  const block = () => wordsOf(Array.from({ length: below(300) }, character)).join('') + BLOCK_END;
  return Array.from({ length: count }, () => Array.from({ length: 1 + below(9) }, block).join(''));
}

test.each([
  ['one page', somePages(1, 1)],
  ['short pages among others', [BLOCK_END, ...somePages(2, 3), BLOCK_END]],
  ['many pages', somePages(3, 300)],
])('writes the same index of %s as Pagefind', async (_, pages) => {
  const { version } = await readBrowserHalf();
  const { lists, meta } = writeIndex(
    pages.map((words, number) => ({ id: String(number), words })),
    version,
  );
  const files = await indexByPagefind(pages);
  const theirs = decode([...files].find(([path]) => path.endsWith('.pf_meta'))![1]) as Meta;
  const ours = decode(meta) as Meta;
  const bytesOf = (all: ReadonlyMap<string, Uint8Array>, [from, to, name]: Meta[2][number]) => [
    from,
    to,
    Buffer.from(all.get(`index/${name}.pf_index`)!).toString('hex'),
  ];
  expect(ours[2].map((list) => bytesOf(lists, list))).toEqual(theirs[2].map((list) => bytesOf(files, list)));
  expect(ours[1].map(([, ...rest]) => rest)).toEqual(theirs[1].map(([, ...rest]) => rest));
  expect([ours[0], ...ours.slice(3)]).toEqual([theirs[0], ...theirs.slice(3)]);
});

test('a name that is taken is made longer', () => {
  const taken = new Set<string>();
  const [first, second] = [nameOf(Buffer.from('甲'), taken), nameOf(Buffer.from('甲'), taken)];
  expect(first).toMatch(/^unknown_[0-9a-f]{7}$/);
  expect(second).toMatch(new RegExp(`^${first}[0-9a-f]$`));
});
