import { describe, expect, test } from 'vitest';
import { compile, type Compiled } from './compile.ts';
import type { Body } from './body.ts';
import { fill } from './slots.ts';
import { noteText } from './testing.ts';
import type { Form } from '../model/form.ts';

function bodyOf(markdown: string): Body {
  const { body, findings } = compile(noteText(markdown), 'notes');
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
  ])('%j has no space that nobody wrote', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
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

test('tables are aligned by class and scroll by themselves', () => {
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

test('tasks have their words as label', () => {
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

test('footnotes have ASCII ids in order of use, whatever they are called', () => {
  expect(html('甲[^说明]乙[^b]\n\n[^b]: 第二\n[^说明]: 第一')).toMatchInlineSnapshot(`
    "<p>甲<sup><a href="#fn-1" id="fnref-1" data-footnote-ref aria-describedby="footnote-label">1</a></sup>乙<sup><a href="#fn-2" id="fnref-2" data-footnote-ref aria-describedby="footnote-label">2</a></sup></p>
    <section data-footnotes class="footnotes"><h2 class="footnotes-title" id="footnote-label">注</h2>
    <ol>
    <li id="fn-1">
    <p>第一 <a href="#fnref-1" data-footnote-backref="" aria-label="回到正文" class="data-footnote-backref">↩</a></p>
    </li>
    <li id="fn-2">
    <p>第二 <a href="#fnref-2" data-footnote-backref="" aria-label="回到正文" class="data-footnote-backref">↩</a></p>
    </li>
    </ol>
    </section>"
  `);
});

test('ids of headings are ASCII, the same for the same words, and each used once', () => {
  const { headings } = bodyOf('## 第一步\n\n## SOP 2.0\n\n## 第一步\n\n### a*b*c');
  expect(headings).toEqual([
    { depth: 2, id: expect.stringMatching(/^s-[0-9a-f]{8}$/) as string, text: '第一步' },
    { depth: 2, id: 's-sop-2-0', text: 'SOP 2.0' },
    { depth: 2, id: `${headings[0]!.id}-2`, text: '第一步' },
    { depth: 3, id: 's-abc', text: 'abc' },
  ]);
  expect(bodyOf('前言\n\n## 第一步').headings[0]!.id).toBe(headings[0]!.id);
});

test('code stays code', () => {
  expect(html('```js\nif (a < b) { x() }\n```')).toBe(
    '<pre><code class="language-js">if (a &#x3C; b) { x() }\n</code></pre>',
  );
  expect(html('`<Quote>{x}`')).toBe('<p><code>&#x3C;Quote>{x}</code></p>');
});

test('the text is what is read, block by block', () => {
  expect(bodyOf('## 标题\n\n一**段**话[^1]\n\n- 甲\n- 乙\n\n[^1]: 注').text).toBe(
    '标题\n一段话1\n甲\n乙\n注\n注',
  );
});

describe('components', () => {
  const compiled = (form: Form, front: string, body: string): Compiled => {
    const result = compile(`---\ntitle: t\ndate: 2026-01-01\n${front}---\n${body}`, form);
    expect(result.findings).toEqual([]);
    return result;
  };
  // A gap is shown as the number of its slot.
  const shown = (template: string) =>
    fill(
      template,
      Array.from({ length: 9 }, (_, index) => `[${index}]`),
    );

  test('of any form', () => {
    const { body } = compiled(
      'notes',
      '',
      `<Quote who="linxia" from="1:02" to="1:20" source="《书》">一句**话**</Quote>

<Callout type="tip">

- 甲

</Callout>

<Callout type="warning" title="小心">乙</Callout>

<Figure src="./a.png" alt="图" caption="说明" />

<Audio src="./a.mp3" title="片段" />

<Attachment src="./a.csv" title="表" />`,
    );
    expect(shown(body!.html)).toMatchInlineSnapshot(`
      "<figure class="quote" id="q-8aeb2280" data-quote="" data-who="linxia" data-from="62" data-to="80"><blockquote><p>一句<strong>话</strong></p></blockquote><figcaption><span class="quote-who">[0]</span> <a class="quote-time" href="#t=62">1:02</a> <cite class="quote-source">《书》</cite></figcaption></figure>
      <aside class="callout callout-tip"><p class="callout-title">提示</p><ul>
      <li>甲</li>
      </ul></aside>
      <aside class="callout callout-warning"><p class="callout-title">小心</p><p>乙</p></aside>
      <figure class="figure">[1]<figcaption>说明</figcaption></figure>
      <figure class="audio"><figcaption>片段</figcaption>[2]</figure>
      <p class="attachment">[3]</p>"
    `);
    expect(body!.quotes.map((quote) => ({ ...quote, html: shown(quote.html) }))).toMatchInlineSnapshot(`
      [
        {
          "from": 62,
          "html": "<p>一句<strong>话</strong></p>",
          "id": "q-8aeb2280",
          "source": "《书》",
          "text": "一句话",
          "to": 80,
          "who": "linxia",
        },
      ]
    `);
    expect(body!.slots.map(({ kind, line }) => `${line} ${kind}`)).toEqual([
      '5 person',
      '15 image',
      '17 audio',
      '19 attachment',
    ]);
  });

  test('numbers as bars, the longest over the whole width', () => {
    const { body } = compiled(
      'notes',
      '',
      `<Chart title="三期合计" note="示例">
- 报名：1,060 人
- 留下 **三周**：530 人
- 办卡: 0.5%
</Chart>`,
    );
    expect(body!.html.replace(/ (?:viewBox|preserveAspectRatio|aria-hidden|height)="[^"]*"/g, '')).toBe(
      '<figure class="chart"><figcaption>三期合计</figcaption><table><tbody>' +
        '<tr><th scope="row">报名</th><td class="chart-bar"><svg><rect width="100"></rect></svg></td><td class="chart-value">1,060 人</td></tr>' +
        '<tr><th scope="row">留下 三周</th><td class="chart-bar"><svg><rect width="50"></rect></svg></td><td class="chart-value">530 人</td></tr>' +
        '<tr><th scope="row">办卡</th><td class="chart-bar"><svg><rect width="0"></rect></svg></td><td class="chart-value">0.5%</td></tr>' +
        '</tbody></table><p class="chart-note">示例</p></figure>',
    );
  });

  test('of a talk', () => {
    const { body } = compiled(
      'talks',
      'speakers: [linxia]\n',
      `<Takeaways>
- 甲
</Takeaways>

<Line who="linxia" t="0:05">第一句。</Line>
<Line who="zhoumu" t="0:05">同时。</Line>
<Line who="linxia" t="1:02:03">
第二段。

第三段。
</Line>`,
    );
    expect(shown(body!.html)).toMatchInlineSnapshot(`
      "<section class="section section-takeaways" id="takeaways"><h2>要点</h2><ul>
      <li>甲</li>
      </ul></section>
      <div class="lines"><div class="line" id="t-5" data-start="5" data-who="linxia"><p class="line-head"><a class="line-time" href="#t=5"><time datetime="PT5S">0:05</time></a> <span class="line-who">[0]</span></p><div class="line-text"><p>第一句。</p></div></div>
      <div class="line" id="t-5-2" data-start="5" data-who="zhoumu"><p class="line-head"><a class="line-time" href="#t=5"><time datetime="PT5S">0:05</time></a> <span class="line-who">[1]</span></p><div class="line-text"><p>同时。</p></div></div>
      <div class="line" id="t-3723" data-start="3723" data-who="linxia"><p class="line-head"><a class="line-time" href="#t=3723"><time datetime="PT1H2M3S">1:02:03</time></a> <span class="line-who">[2]</span></p><div class="line-text"><p>第二段。</p><p>第三段。</p></div></div></div>"
    `);
    expect(body!.lines).toEqual([
      { id: 't-5', who: 'linxia', t: 5, text: '第一句。' },
      { id: 't-5-2', who: 'zhoumu', t: 5, text: '同时。' },
      { id: 't-3723', who: 'linxia', t: 3723, text: '第二段。\n第三段。' },
    ]);
    expect(body!.parts!.map(({ component }) => component)).toEqual(['Takeaways', 'prose']);
  });

  test('of a talk, ten lines that follow one another together', () => {
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => `<Line who="linxia" t="0:${from + i}">句。</Line>`).join('\n');
    const { body } = compiled(
      'talks',
      'speakers: [linxia]\n',
      `${lines(10, 21)}\n\n## 另起\n\n${lines(40, 2)}`,
    );
    const groups = shown(body!.html).split(/(?=<div class="lines|<h2)/);
    expect(groups.map((html) => [/^<[^>]*>/.exec(html)![0], html.match(/class="line"/g)?.length])).toEqual([
      ['<div class="lines full">', 10],
      ['<div class="lines full">', 10],
      ['<div class="lines">', 1],
      [expect.stringMatching(/^<h2/), undefined],
      ['<div class="lines">', 2],
    ]);
  });

  test('of a breakdown', () => {
    const { body } = compiled(
      'breakdowns',
      'for: x\nwork: { kind: book, title: t, authors: [a], publisher: p, year: 2020 }\n',
      `开头。

<Framework>
- 甲
  - 乙
</Framework>

<Chapter title="第 1 章">
内容。

<Idea title="观点">因为。</Idea>
</Chapter>

<Apply>
- [ ] 试试
</Apply>`,
    );
    expect(shown(body!.html)).toMatchInlineSnapshot(`
      "<p>开头。</p>
      <section class="section section-framework" id="framework"><h2>框架</h2><ul>
      <li>甲
      <ul>
      <li>乙</li>
      </ul>
      </li>
      </ul></section>
      <section class="chapter" id="c-c148ccf7"><h3>第 1 章</h3><p>内容。</p><section class="idea" id="i-443de7b4"><h4>观点</h4><p>因为。</p></section></section>
      <section class="section section-apply" id="apply"><h2>用起来</h2><ul class="contains-task-list">
      <li class="task-list-item"><label><input type="checkbox" disabled> 试试</label></li>
      </ul></section>"
    `);
    expect(body!.parts!.map(({ component }) => component)).toEqual([
      'prose',
      'Framework',
      'Chapter',
      'Apply',
    ]);
    expect(body!.parts![2]).toMatchObject({
      title: '第 1 章',
      blocks: [{ component: 'Idea', title: '观点', html: '<p>因为。</p>' }],
    });
  });

  test('of a discussion', () => {
    const { body } = compiled(
      'discussions',
      'question: q\nasked_by: linxia\nweek: 2026-W01\n',
      `<Viewpoint who="linxia" title="先做">因为。</Viewpoint>

<Viewpoint who="linxia">再说。</Viewpoint>

<Agreement>都同意。</Agreement>`,
    );
    expect(shown(body!.html)).toMatchInlineSnapshot(`
      "<section class="viewpoint" id="v-linxia" data-who="linxia"><h3>先做</h3><p class="viewpoint-who">[0]</p><p>因为。</p></section>
      <section class="viewpoint" id="v-linxia-2" data-who="linxia"><p class="viewpoint-who">[1]</p><p>再说。</p></section>
      <section class="section section-agreement" id="agreement"><h2>共识</h2><p>都同意。</p></section>"
    `);
    expect(body!.headings).toEqual([
      { depth: 3, id: 'v-linxia', text: '先做' },
      { depth: 2, id: 'agreement', text: '共识' },
    ]);
  });

  test('of a digest', () => {
    const { body } = compiled(
      'digests',
      'week: 2026-W47\n',
      `<Day date="2026-11-16">
<Pick who="linxia" title="表格">放在群公告。</Pick>
</Day>`,
    );
    expect(shown(body!.html)).toMatchInlineSnapshot(
      `"<section class="day" id="d-2026-11-16"><h2><time datetime="2026-11-16">11 月 16 日 周一</time></h2><section class="pick" id="p-22d9e7c5" data-who="linxia"><h3>表格</h3><p class="pick-who">[0]</p><p>放在群公告。</p></section></section>"`,
    );
    expect(body!.parts![0]).toMatchObject({
      component: 'Day',
      date: '2026-11-16',
      blocks: [{ component: 'Pick', who: 'linxia' }],
    });
  });
});
