import { describe, expect, test } from 'vitest';
import type { Form } from '../../model/form.ts';
import { compile, type Compiled } from '../compile.ts';
import { fill } from '../slots.ts';

describe('renders the components', () => {
  const compiled = (form: Form, front: string, body: string): Compiled => {
    const result = compile(`---\ntitle: t\ndate: 2026-01-01\n${front}---\n${body}`, form);
    expect(result.findings).toEqual([]);
    return result;
  };
  // Shows a gap as the number of its slot.
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
      "<figure class="quote" id="q-8aeb2280" data-quote="" data-who="linxia" data-from="62" data-to="80"><blockquote><p>一句<strong>话</strong></p></blockquote><figcaption><span class="quote-who">[0]</span> <a class="quote-time" href="#t=62" data-search-ignore="">1:02</a> <cite class="quote-source">《书》</cite></figcaption></figure>
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

  test('with the numbers of a chart as bars, the longest over the whole width', () => {
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

  test('of a talk, with each ten consecutive lines in one group', () => {
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
