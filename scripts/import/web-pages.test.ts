import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { fixture, imported } from './testing.ts';

/** Imports a web page as a note; returns its text in Markdown, its files and what was lost. */
async function note(html: string, folder = temporaryFolder()) {
  writeFileSync(join(folder, 'a.html'), html);
  const { body, files, lost } = await imported(join(folder, 'a.html'), 'notes');
  return { body: body.trim(), files: [...files.keys()], lost };
}

test('pictures that a browser saved without an extension come along, and other files do not', async () => {
  const folder = temporaryFolder();
  const saved = join(folder, '第一篇_files');
  mkdirSync(saved);
  cpSync(fixture('notion/files/untitled.png'), join(saved, '640(1)'));
  writeFileSync(join(saved, '640'), 'no picture');
  const { body, files } = await note(
    `<body><div id="js_content">
      <p><img src="./第一篇_files/640(1)" data-src="https://mmbiz.qpic.cn/1/640?wx_fmt=png" alt="座位"></p>
      <p><img src="./第一篇_files/640" data-src="https://mmbiz.qpic.cn/2/640?wx_fmt=png" alt="流程"></p></div></body>`,
    folder,
  );
  expect(body).toBe('![座位](./image-1.png)\n\n[［图：流程］](https://mmbiz.qpic.cn/2/640?wx_fmt=png)');
  expect(files).toEqual(['image-1.png']);
});

test('bold that is only a style is bold, and not once more where everything is bold', async () => {
  const bold = (text: string) => `<span textstyle="" style="color: red; font-weight: bold;">${text}</span>`;
  const { body } = await note(
    `<h2>${bold('题')}</h2><p>先${bold('看人')}。<strong>再${bold('看')}数</strong>，<span style="font-weight:normal">完</span></p>`,
  );
  expect(body).toBe('## 题\n\n先**看人**。**再看数**，完');
});

test('bold and italics that a class of a style sheet sets are kept, as Google Docs exports them', async () => {
  const { body, lost } = await note(
    `<html><head><style type="text/css">@import url(https://fonts.example/a);ol.lst-1{list-style-type:none}
     .c0{font-weight:400;font-style:normal}.c1{color:#000;font-weight:700}.c2{font-style:italic}.c3{font-weight:700}
     li.c1:before{content:"x"} .c4 .c5{font-weight:700} @media print{.c0{font-weight:700}}</style></head>
     <body class="c9"><h1 class="c0"><span class="c1">题</span></h1>
     <p class="c0"><span class="c0">先</span><span class="c0 c1">看人</span><span class="c5">，</span><span class="c2">再</span><span
     class="c2 c3">看数</span>，<span class="c1" style="font-weight:400">不</span><span style="font-style: italic">忙</span></p></body></html>`,
  );
  expect(body).toBe('先**看人**，*再**看数***，不*忙*');
  expect(lost).toEqual([]);
  expect(
    (await note('<style>.c1{font-weight:700;;}}{</style><p><span class="c1">坏的样式</span></p>')).body,
  ).toBe('坏的样式');
});

test('bold italics in pieces are joined, so that no mark is shown', async () => {
  const { body } = await note(
    `<style>.b{font-weight:700}.i{font-style:italic}</style>
     <p>先<span class="b i">看</span><span class="b i">人</span>，<b><i>再</i></b><i><b>看</b></i><b><i>数</i>据</b></p>`,
  );
  expect(body).toBe('先***看人***，***再看数*据**');
});

test('bold in pieces, in bold, and with the break or the space behind it is written so that it is shown', async () => {
  const { body } = await note(
    `<p><strong>甲</strong><strong>乙</strong>丙<b>丁 </b><b> 戊</b>己</p><p><strong><span>庚</span><br></strong>辛</p>
     <p><strong>子</strong><b>丑</b><strong><strong>寅</strong><em>卯</em></strong><strong>&#12288;</strong>辰<s>巳</s><s>午</s></p>
     <p><b>&#12288;</b>未</p><p><i>申</i><b><i>酉</i></b><i>戌</i></p><p><b><i>亥</i></b><i>甲</i></p><p><i><b>乙</b></i><b>丙</b></p>`,
  );
  expect(body.split('\n\n')).toEqual([
    '**甲乙**丙**丁** **戊**己',
    '**庚**\\\n辛',
    '**子丑寅*卯***\u3000辰~~巳午~~',
    '未',
    '*申**酉**戌*',
    '***亥**甲*',
    '***乙*丙**',
  ]);
});

test('code that is written line by line keeps its lines', async () => {
  const { body, lost } = await note(
    `<section class="code-snippet__fix"><ul class="code-snippet__line-index"><li></li><li></li></ul>
     <pre data-lang="sh"><code><span>npm run dev</span></code><code><span>npm test</span></code></pre></section>`,
  );
  expect(body).toBe('```\nnpm run dev\nnpm test\n```');
  expect(lost).toEqual([]);
});

test('of a page with one article or main part come its title and that part', async () => {
  const page = (part: string) =>
    `<html><head><title>三行公告 - 某站</title></head><body><header><a href="/">首页</a><h1>三行公告</h1></header>
     <nav><ul><li>热门</li></ul></nav><${part}><h2>第一行</h2><p>写事。</p></${part}><aside>推荐</aside>
     <footer>京 ICP 备</footer></body></html>`;
  const around = '网页上正文外面的（菜单、侧栏、评论、页脚）没有带过来，只有标题和正文';
  for (const part of ['article', 'main'])
    expect(await note(page(part))).toEqual({ body: '## 第一行\n\n写事。', files: [], lost: [around] });
  // Nobody knows which of several is meant, and nothing is lost where nothing is around.
  const several = await note('<p>引子</p><article><p>甲</p></article><article><p>乙</p></article>');
  expect(several).toEqual({ body: '引子\n\n甲\n\n乙', files: [], lost: [] });
  const alone = await note('<main><h1>三行公告</h1><p>写事。</p></main><script>1</script>');
  expect(alone.body).toBe('写事。');
  expect(alone.lost.join()).not.toContain(around);
});
