import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import type { Body } from './body.ts';
import { noteOf } from '../../tests/lib/tiny.ts';

function bodyOf(markdown: string): Body {
  const { body, findings } = compile(noteOf({ body: markdown }), 'notes');
  expect(findings).toEqual([]);
  return body!;
}
const html = (markdown: string) => bodyOf(markdown).html;

describe('Chinese', () => {
  test.each([
    ['**注意：**正文', '<p><strong>注意：</strong>正文</p>'],
    ['**《爆款案例库》**操盘', '<p><strong>《爆款案例库》</strong>操盘</p>'],
    ['他说**“好”**，然后', '<p>他说<strong>“好”</strong>，然后</p>'],
    ['（**重点**）：', '<p>（<strong>重点</strong>）：</p>'],
    ['~~旧规则（作废）。~~改为', '<p><del>旧规则（作废）。</del>改为</p>'],
    ['**100%**留存', '<p><strong>100%</strong>留存</p>'],
  ])('%s is emphasised', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test.each([
    ['第一行，\n第二行', '<p>第一行，第二行</p>'],
    ['第一行\nsecond\nthird\n第四行', '<p>第一行\nsecond\nthird\n第四行</p>'],
    ['**粗体**\n后面', '<p><strong>粗体</strong>后面</p>'],
    ['前面\n**粗体**', '<p>前面<strong>粗体</strong></p>'],
    ['前面\n`code`\n后面', '<p>前面\n<code>code</code>\n后面</p>'],
    ['硬换行\\\n后面', '<p>硬换行<br>\n后面</p>'],
    ['> 引用\n> 第二行', '<blockquote>\n<p>引用第二行</p>\n</blockquote>'],
  ])('%j gets no space that nobody wrote', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test('a text of nothing but numbers with units stays as it is', () => {
    expect(html('1 天 '.repeat(100_000))).toBe(`<p>${'1 天 '.repeat(100_000).trim()}</p>`);
  });

  test('an interpunct stays with the character before it, so that it begins no line', () => {
    expect(html('**马尔科姆·格拉德威尔**与`甲·乙`')).toBe(
      '<p><strong>马尔科<span class="keep">姆·</span>格拉德威尔</strong>与<code>甲·乙</code></p>',
    );
    expect(html('- [ ] 拆西奥·迪尼')).toContain('拆西<span class="keep">奥·</span>迪尼</label>');
    expect(bodyOf('读西奥·迪尼').text).toBe('读西奥·迪尼');
  });

  test('the two numbers of a range stay on one line', () => {
    const kept = (range: string) => `<span class="keep">${range}</span>`;
    expect(html('13:30–14:00 签到，多了 7–11%，15～20，`2–3`')).toBe(
      `<p>${kept('13:30–14:00')} 签到，多了 ${kept('7–11%')}，${kept('15～20')}，<code>2–3</code></p>`,
    );
    expect(html('第 3——5，从 0 – 1')).toBe('<p>第 3——5，从 0 – 1</p>');
    expect(bodyOf('周二 13:30–14:00').text).toBe('周二 13:30–14:00');
  });

  test('a number stays on the line of its unit', () => {
    const kept = (number: string) => `<span class="keep">${number}</span>`;
    expect(html('第 3 章讲 1,200 人的群，30天里 2 小时、0.5 元，`7 天`')).toBe(
      `<p>${kept('第 3 章')}讲 ${kept('1,200 人')}的群，${kept('30天')}里 ${kept('2 小时')}、${kept('0.5 元')}，<code>7 天</code></p>`,
    );
    expect(html('15～20 人，10 月 24 日')).toBe(
      `<p>${kept('15～20 人')}，${kept('10 月')} ${kept('24 日')}</p>`,
    );
    expect(html('第 3，iPhone 15 的')).toBe('<p>第 3，iPhone 15 的</p>');
    expect(bodyOf('打卡 21 天').text).toBe('打卡 21 天');
  });

  test('quotes, dashes and dots stay as they are typed', () => {
    expect(html('"直引号" -- ... \'x\'')).toBe('<p>"直引号" -- ... \'x\'</p>');
  });

  test.each([
    ['见 https://a.cn/x，**重点**在这', 'https://a.cn/x', '，<strong>重点</strong>在这'],
    ['https://a.cn/x_(y)。然后', 'https://a.cn/x_(y)', '。然后'],
    ['（https://a.cn）后', 'https://a.cn', '）后'],
  ])('a bare address in %s ends where Chinese begins', (markdown, address, after) => {
    expect(html(markdown)).toContain(
      `<a href="${address}" rel="noopener noreferrer" class="external">${address}</a>${after}`,
    );
  });
});

test('a table is aligned by class and scrolls on its own', () => {
  expect(html('| 左 | 中 |\n|:--|:-:|\n| a | b |')).toMatchInlineSnapshot(`
    "<div class="table" tabindex="0"><table>
    <thead>
    <tr>
    <th class="align-left" scope="col">左</th>
    <th class="align-center" scope="col">中</th>
    </tr>
    </thead>
    <tbody>
    <tr>
    <td class="align-left">a</td>
    <td class="align-center">b</td>
    </tr>
    </tbody>
    </table></div>"
  `);
});

test('a table in a quote is aligned by class wherever the quote is shown', () => {
  const { html: shown, quotes } = bodyOf('<Quote who="linxia">\n\n| 左 |\n|:--|\n| a |\n\n</Quote>');
  for (const one of [shown, quotes[0]!.html]) {
    expect(one).toContain('<th class="align-left" scope="col">左</th>');
    expect(one).toContain('<td class="align-left">a</td>');
  }
});

test('the text of a task is the label of its checkbox', () => {
  expect(html('- [x] 做**完**\n- [ ] 没做\n  - 细节')).toMatchInlineSnapshot(`
    "<ul class="contains-task-list">
    <li class="task-list-item"><label><input type="checkbox" checked disabled> 做<strong>完</strong></label></li>
    <li class="task-list-item"><label><input type="checkbox" disabled> 没做
    </label><ul>
    <li>细节</li>
    </ul>
    </li>
    </ul>"
  `);
});

test('keeps a line break before a footnote mark, whatever follows it', () => {
  expect(html('前面\n[^a]后面\n\n[^a]: 注')).toContain('<p>前面\n<sup>');
});

test('footnotes have ASCII ids in order of use, whatever they are called', () => {
  expect(html('甲[^说明]乙[^b]\n\n[^b]: 第二\n[^说明]: 第一')).toMatchInlineSnapshot(`
    "<p>甲<sup><a href="#fn-1" id="fnref-1" data-footnote-ref aria-describedby="footnote-label">1</a></sup>乙<sup><a href="#fn-2" id="fnref-2" data-footnote-ref aria-describedby="footnote-label">2</a></sup></p>
    <section data-footnotes class="footnotes"><h2 class="footnotes-title" id="footnote-label">注</h2>
    <ol>
    <li id="fn-1">
    <p>第一 <a href="#fnref-1" data-footnote-backref="" aria-label="回到正文 1" class="data-footnote-backref">↩</a></p>
    </li>
    <li id="fn-2">
    <p>第二 <a href="#fnref-2" data-footnote-backref="" aria-label="回到正文 2" class="data-footnote-backref">↩</a></p>
    </li>
    </ol>
    </section>"
  `);
});

test('the links back from a footnote have names of their own', () => {
  const names = [
    ...html('甲[^a]乙[^b]丙[^a]\n\n[^a]: 一\n[^b]: 二').matchAll(/backref="" aria-label="([^"]+)"/g),
  ];
  expect(names.map(([, name]) => name)).toEqual(['回到正文 1', '回到正文 1-2', '回到正文 2']);
});

test('heading ids are ASCII, the same for the same words, and unique on a page', () => {
  const { headings } = bodyOf('## 第一步\n\n## SOP 2.0\n\n## 第一步\n\n### a*b*c');
  expect(headings).toEqual([
    { depth: 2, id: expect.stringMatching(/^s-[0-9a-f]{8}$/) as string, text: '第一步' },
    { depth: 2, id: 's-sop-2-0', text: 'SOP 2.0' },
    { depth: 2, id: `${headings[0]!.id}-2`, text: '第一步' },
    { depth: 3, id: 's-abc', text: 'abc' },
  ]);
  expect(bodyOf('前言\n\n## 第一步').headings[0]!.id).toBe(headings[0]!.id);
});

test('shows markup inside code as it is written', () => {
  expect(html('```js\nif (a < b) { x() }\n```')).toBe(
    '<pre><code class="language-js">if (a &#x3C; b) { x() }\n</code></pre>',
  );
  expect(html('`<Quote>{x}`')).toBe('<p><code>&#x3C;Quote>{x}</code></p>');
});

test('the plain text of a body has one line per block', () => {
  expect(bodyOf('## 标题\n\n一**段**话[^1]\n\n- 甲\n- 乙\n\n[^1]: 注').text).toBe(
    '标题\n一段话1\n甲\n乙\n注\n注',
  );
});
