import { deflateRawSync, gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { PlaintextSearch } from './plaintext.ts';
import { eachWindow } from './windows.ts';

const secret = '先把前一百个人当成编辑部，而不是观众，群才会自己转起来。';
const bytes = (text: string | Uint8Array) => new Uint8Array(Buffer.from(text as string));

/** The start of the secret as Chinese programs write it into text files: 先把前一百个人当成编辑部 */
const inGbk = bytes(Buffer.from('2c20cfc8b0d1c7b0d2bbb0d9b8f6c8cbb5b1b3c9b1e0bcadb2bf2c0a', 'hex'));
const long = ' '.repeat(600_000);
const zip = new JSZip();
zip.file('a.png', new Uint8Array(9));
zip.file('word/document.xml', `<w:t>${secret.slice(0, 6)}</w:t><w:t>${secret.slice(6)}</w:t>`);
const zipped = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });

function leaksOf(file: Uint8Array, publicText = '') {
  const search = new PlaintextSearch([secret]);
  search.addFile('x', file);
  search.allow(publicText);
  return search.find(secret).map((leak) => leak.file);
}

test.each([
  ['as it is', bytes(`<p>${secret}</p>`)],
  ['with markup in between', bytes('先把前一百<b>个人</b>当成\n编辑部而不是')],
  ['gzipped', bytes(gzipSync(secret))],
  ['deflated without a header', bytes(deflateRawSync(secret))],
  ['in base64', bytes(`x="${Buffer.from(secret).toString('base64')}"`)],
  ['gzipped, in base64', bytes(gzipSync(secret).toString('base64'))],
  [
    'as JavaScript escapes',
    bytes(secret.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)),
  ],
  ['as HTML entities', bytes(secret.replace(/[^\0-\x7f]/g, (c) => `&#${c.charCodeAt(0)};`))],
  [
    'as HTML entities in capitals',
    bytes(secret.replace(/[^\0-\x7f]/g, (c) => `&#X${c.charCodeAt(0).toString(16)};`)),
  ],
  [
    'as escapes of a style sheet',
    bytes(`a{content:"${secret.replace(/[^\0-\x7f]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}"}`),
  ],
  ['in base64 behind a path', bytes(`"x/${Buffer.from(secret).toString('base64')}"`)],
  ['in GBK', inGbk],
  ['in UTF-16, in the middle of a long file', bytes(Buffer.from(`\ufeff${long}${secret}${long}`, 'utf16le'))],
  ['in a zip archive', zipped],
  ['percent-encoded', bytes(encodeURIComponent(secret))],
  ['in UTF-16', bytes(Buffer.from(`\0${secret}`, 'utf16le'))],
  ['in big-endian UTF-16', bytes(Buffer.from(`\0${secret}`, 'utf16le').swap16())],
])('finds members’ text %s', (_, file) => {
  expect(leaksOf(file)).toEqual(['x']);
});

test('ignores text that is also in a public source', () => {
  expect(leaksOf(bytes(secret), secret)).toEqual([]);
});

test('joins no text across elements, beyond what is beside each other in the file', () => {
  const page = '<p title="栏目">先把前一百<wbr>个人</p><h2 title="标题">当成编辑部，<wbr>而不是</h2>';
  expect(leaksOf(bytes(page))).toEqual([]);
});

test('ignores fewer than 12 Han characters in a row', () => {
  expect(leaksOf(bytes('先把前一百个人当成编辑'))).toEqual([]);
  expect(leaksOf(bytes('先把前一百个人当成编辑部'))).toEqual(['x']);
});

test('takes a table of weeks or dates for no quotation', () => {
  const found = (text: string) => {
    const search = new PlaintextSearch([text]);
    search.addFile('x.csv', bytes(text));
    return search.find(text);
  };
  expect(found('周,第 1 周,第 2 周,第 3 周,第 4 周,第 5 周,第 6 周,第 7 周')).toEqual([]);
  expect(found('年,月,日,'.repeat(5))).toEqual([]);
  expect(found('第一周第二周第三周第四周')).toEqual([{ file: 'x.csv', text: '第一周第二周第三周第四周' }]);
});

describe('public texts one after another', () => {
  const found = (page: string, ...allowed: string[]) => {
    const search = new PlaintextSearch([secret]);
    search.addFile('x', bytes(page));
    allowed.forEach((text) => search.allow(text));
    return search.find(secret).map((leak) => leak.text);
  };
  // The window ends within the third text.
  const page = '先把前一百个人当成编辑部';

  test('are no quotation', () => {
    expect(found(page, '总是先把前\n一百个人', '当成编辑部的人')).toEqual([]);
    expect(found(page, "a: '总是先把前', b: '一百个人当成编辑部'")).toEqual([]);
  });

  test.each([
    ['with something between them', '总是先把前\n一百个', '当成编辑部的人'],
    ['with only a part of one between others', '总是先把前\n这一百个人', '当成编辑部的人'],
    ['with only the beginning of the first', '先把前面\n一百个人当成', '编辑部的人'],
    ['with only the end of the last', '总是先把前\n一百个人', '不当成编辑部'],
    ['if there are four', '总是先把前\n一百', '个人\n当成编辑部的人'],
  ])('are one %s', (_, ...allowed) => {
    expect(found(page, ...allowed)).toEqual([page]);
  });
});

test('counts 24 letters and digits as a quotation, whatever is between them', () => {
  expect(runsOf('Retention, cohort by week: n=1')).toEqual([]);
  expect(runsOf('Retention, cohort by weeks: n=1')).toEqual(['retentioncohortbyweeksn1']);
});

test('the same run of characters has the same hash wherever it is', () => {
  const around = '前面还有别的话说了很久很久都没有说到正题上来';
  const hashes = new Map<string, number>();
  for (const text of [secret, around + secret, secret + around, around + secret + around]) {
    eachWindow(text, (hash, run) => {
      expect(hashes.get(run()) ?? hash).toBe(hash);
      hashes.set(run(), hash);
    });
  }
  expect(new Set(hashes.values()).size).toBe(hashes.size);
});

function runsOf(text: string): string[] {
  const runs: string[] = [];
  eachWindow(text, (_, run) => runs.push(run()));
  return runs;
}
