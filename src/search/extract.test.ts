import { expect, test } from 'vitest';
import { parseArticle } from './bundle/article.ts';
import { extractEntry } from './extract.ts';

function extract(article: string) {
  return extractEntry('talks/x', parseArticle(`<!doctype html><main>外面${article}外面</main>`)!);
}

function texts(article: string): string[] {
  return extract(`<article data-entry="talks/x">${article}</article>`).blocks.map(({ text }) => text);
}

test('a page without an entry gives none', () => {
  expect(parseArticle('<main><h1>首页</h1></main>')).toBeUndefined();
});

test('an entry ends where its article ends, whatever the article contains', () => {
  const entry =
    '<article data-entry="talks/x"><p>一</p><article>二</article><img alt="</article>三"><p>四</p></article>';
  expect(
    extract(`<article>前</article>${entry}<article>后</article>`).blocks.map(({ text }) => text),
  ).toEqual(['一', '二', '</article>三', '四']);
});

test.each([
  [
    'inline markup does not break a line',
    '<p>社群<strong>运营</strong>的<a href="/">书</a></p>',
    ['社群运营的书'],
  ],
  ['a soft line break is white space', '<p>社群\n  运营</p>', ['社群 运营']],
  ['each block is a text of its own', '<p>一</p><p>二</p>三<div>四</div>', ['一', '二', '三', '四']],
  ['each table cell is a text of its own', '<table><tr><td>甲</td><td>乙</td></tr></table>', ['甲', '乙']],
  [
    'a caption and an alt text are each a text of their own',
    '<figure><img alt="漏斗图"><figcaption>图一</figcaption></figure>',
    ['漏斗图', '图一'],
  ],
  ['each list item is a text of its own', '<ul><li>一<ul><li>二</li></ul></li></ul>', ['一', '二']],
  [
    'ignored and hidden elements are left out',
    '<p>看</p><nav data-search-ignore><p>不看</p></nav><p hidden>不看</p>',
    ['看'],
  ],
  [
    'the number of a footnote does not break a phrase',
    '<p>社群<sup><a href="#fn-1" data-footnote-ref>1</a></sup>运营</p><p>注 <a data-footnote-backref>↩</a></p>',
    ['社群运营', '注'],
  ],
  ['scripts and drawings are left out', '<p>看<script>1</script><svg><title>不看</title></svg></p>', ['看']],
  ['entities are decoded', '<p>a &lt; b &amp; c</p>', ['a < b & c']],
])('%s', (_, article, expected) => {
  expect(texts(article)).toEqual(expected);
});

test('reads title, date, topics, people and levels', () => {
  const { title, date, topics, people, levels, entry } = extract(
    `<article data-entry="talks/x" data-level="0-1 1-3"><h1>第<em>一</em>讲</h1>
     <p data-search-ignore><time datetime="PT12M">12:00</time><time datetime="2026-11-22">十一月</time></p>
     <p><a href="/repo/people/linxia/">林夏</a>和<a href="/people/linxia/#q">林夏</a>，<a href="/people/">大家</a></p>
     <ul data-search-ignore><li><a href="/repo/topics/retention/">留存</a></li></ul></article>`,
  );
  expect({ title, date, topics, people, levels, entry }).toEqual({
    title: '第一讲',
    date: '2026-11-22',
    topics: ['留存'],
    people: ['林夏'],
    levels: ['0-1', '1-3'],
    entry: 'talks/x',
  });
});

test('reads the places that a result can lead to', () => {
  const { blocks, places } = extract(
    `<article data-entry="talks/x"><h1>题</h1><p>引子</p>
     <h2 id="s-1">小节</h2><p>正文</p>
     <figure id="q-1" data-quote data-from="750"><blockquote>金句</blockquote></figure><p>金句之后</p>
     <div id="t-754" class="line" data-start="754"><p>12:34 <span class="line-who">林夏</span></p><p>大家好</p></div>
     <section id="v-1" data-viewpoint data-who-name="周牧"><h3>先清群</h3><p>看法</p></section><p>看法之后</p>
     <div id="topics" data-topics><ul><li>留存</li></ul></div></article>`,
  );
  const found = blocks.map(({ text, zone, place }) => [text, zone, places[place]]);
  const section = { kind: 'section', id: 's-1', label: '小节' };
  const line = { kind: 'line', id: 't-754', label: '林夏', start: 754 };
  const viewpoint = { kind: 'viewpoint', id: 'v-1', label: '周牧' };
  const top = { kind: 'top', id: '', label: '' };
  expect(found).toEqual([
    ['题', 'title', top],
    ['引子', 'body', top],
    ['小节', 'heading', section],
    ['正文', 'body', section],
    ['金句', 'quote', { kind: 'quote', id: 'q-1', label: '小节', start: 750 }],
    ['金句之后', 'body', section],
    ['12:34 林夏', 'body', line],
    ['大家好', 'body', line],
    ['先清群', 'heading', viewpoint],
    ['看法', 'body', viewpoint],
    ['看法之后', 'body', section],
    ['留存', 'topic', { kind: 'topic', id: 'topics', label: '' }],
  ]);
});
