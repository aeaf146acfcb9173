import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { indexEntries, readEntries } from './index-entries.ts';
import { readEntry } from './read-entry.ts';
import type { Catalog } from '../record.ts';

function page(address: string, body: string) {
  return { address, html: `<article data-entry="${address.slice(1, -1)}">${body}</article>` };
}

const pages = [
  page('/talks/a/', '<h1>第一讲</h1><p>社群<b>运营</b></p>'),
  page('/notes/b/', '<h1>群规</h1><p>三条底线</p>'),
  { address: '/', html: '<main><h1>首页</h1></main>' },
];

function catalogOf(files: Map<string, Uint8Array>): Catalog {
  return JSON.parse(Buffer.from(files.get('catalog.json')!).toString()) as Catalog;
}

test('the same pages give the same bytes', async () => {
  const [first, second] = [
    await indexEntries(readEntries(pages, readEntry)),
    await indexEntries(readEntries(pages, readEntry)),
  ];
  expect([...first.keys()]).toEqual([...second.keys()]);
  for (const [file, bytes] of first) expect(Buffer.compare(bytes, second.get(file)!), file).toBe(0);
});

test('a bundle has the files that the browser needs, without Pagefind’s interface', async () => {
  const files = [...(await indexEntries(readEntries(pages, readEntry))).keys()];
  expect(
    files.filter((file) => !/^(index|fragment)\//.test(file)).map((file) => file.replace(/_\w+/, '')),
  ).toEqual([
    'catalog.json',
    'dictionary.json',
    'pagefind-entry.json',
    'pagefind-worker.js',
    'pagefind.js',
    'pagefind.unknown.pf_meta',
    'wasm.unknown.pagefind',
  ]);
  expect(files.filter((file) => file.startsWith('fragment/'))).toHaveLength(2);
});

test('the text of an entry is stored without markup', async () => {
  const files = await indexEntries(readEntries(pages, readEntry));
  const { rows } = catalogOf(files);
  expect(rows.map(([, entry, title]) => [entry, title])).toEqual([
    ['talks/a', '第一讲'],
    ['notes/b', '群规'],
  ]);
  const fragment = gunzipSync(files.get(`fragment/${rows[0]![0]}.pf_fragment`)!).toString();
  expect(fragment).toContain('社群运营');
});

test('an entry with the same text in another bundle is left out', async () => {
  const longer = page('/notes/b/', '<h1>群规</h1><p>三条底线</p><p>四条约定</p>');
  const files = await indexEntries(readEntries([pages[0]!, longer], readEntry), {
    covered: readEntries(pages, readEntry),
  });
  expect(catalogOf(files).rows.map(([, entry]) => entry)).toEqual(['notes/b']);
});

test('other names of an entry and of its topics are indexed', async () => {
  const aliases = new Map([['/notes/b/', { own: ['群公约'], topics: ['规则'] }]]);
  const { rows, alphabet } = catalogOf(await indexEntries(readEntries(pages, readEntry), { aliases }));
  expect(alphabet).toContain('约');
  // Two titles of two and three characters, each followed by the end of its block: seven words.
  // The body ends after five more, and the other names of topics follow.
  expect(rows[1]!.at(-1)).toEqual([7, 7, 7, 7, 12]);
});

test('a bundle without entries still has one page, so that it opens', async () => {
  const files = await indexEntries(readEntries([], readEntry));
  expect(catalogOf(files).rows).toEqual([]);
  expect([...files.keys()].filter((file) => file.startsWith('fragment/'))).toEqual([]);
  expect(Buffer.from(files.get('pagefind-entry.json')!).toString()).toContain('"page_count":1');
});
