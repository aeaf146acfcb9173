import { expect, test } from 'vitest';
import { beginning } from './comparison.ts';

const table = '<div class="table" tabindex="0"><table><tbody><tr><td>60</td></tr></tbody></table></div>';
const chart = '<figure class="chart"><figcaption>人数</figcaption></figure>';

test('the beginning of a step is its running text, without tables and pictures', () => {
  expect(
    beginning(`${table}<p>先排<strong>座位</strong>。</p>\n<ul><li>甲</li><li>乙</li></ul>`, false),
  ).toEqual({
    text: '先排座位。\n甲\n乙',
  });
});

test('the items of a numbered list keep their numbers, which other sentences refer to', () => {
  const html =
    '<p>看三件事：</p><ol><li>打开率；</li>\n<li><p>回信。</p><p>真问题。</p></li></ol><p>第二条最重要。</p>' +
    '<ol start="3"><li><strong>转发</strong>。</li></ol>';
  expect(beginning(html, false)).toEqual({
    text: '看三件事：\n1.\u00a0打开率；\n2.\u00a0回信。\n真问题。\n第二条最重要。\n3.\u00a0转发。',
  });
});

test('a list is cut after a whole item, not after the number of the next', () => {
  const item = (text: string) => `<li>${text.repeat(70)}</li>`;
  const { text } = beginning(`<ol>${item('一')}${item('二')}${item('三')}</ol>`, false);
  expect(text).toBe(`1.\u00a0${'一'.repeat(70)}\n2.\u00a0${'二'.repeat(70)}`);
});

test('text after bold type continues without a gap', () => {
  expect(beginning('<p><strong>先排座位。</strong> 再发邀请。</p>', false)).toEqual({
    text: '先排座位。再发邀请。',
  });
});

test('a heading with only a table below it is left out with the table', () => {
  const html = `<h3>甲</h3><p>话</p>\n<h3>乙</h3>\n${table}<h3>丙</h3>`;
  expect(beginning(html, false)).toEqual({ text: '甲\n话' });
});

test('a long text is cut after a whole sentence', () => {
  const { text } = beginning(`<p>${'一'.repeat(80)}。${'二'.repeat(70)}。${'三'.repeat(70)}。</p>`, false);
  expect(text).toBe(`${'一'.repeat(80)}。${'二'.repeat(70)}。`);
  expect(beginning(`<p>${'一'.repeat(200)}</p>`, false).text).toBe(`${'一'.repeat(160)}……`);
});

test('the beginning of a step of numbers is its first chart, or else its first table', () => {
  expect(beginning(`<p>话</p>${table}${chart}`, true)).toEqual({ numbers: chart });
  expect(beginning(`<p>话</p>${table}`, true)).toEqual({ numbers: table });
  expect(beginning('<p>只有话</p>', true)).toEqual({ text: '只有话' });
  expect(beginning(table, false)).toEqual({ numbers: table });
});
