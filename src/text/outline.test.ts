import { expect, test } from 'vitest';
import { contentsOf } from './outline.ts';

test('a heading is in the contents without its markup, whatever its attributes contain', () => {
  const html =
    '<h2 id="a">甲<a href="/x" title="丙 > 丁">乙</a> &#x3C;b&gt; <code>&amp;</code></h2>\n<h4 id="b">戊</h4>';
  expect(contentsOf([{ component: 'prose', html }])).toEqual([{ id: 'a', text: '甲乙 <b> &', depth: 2 }]);
});
