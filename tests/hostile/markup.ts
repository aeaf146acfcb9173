import { RUN, type Corpus } from './case.ts';

/** Scripts in every syntax of HTML and MDX, and markup that only looks like text. */
export const markup: Corpus = {
  'html-script': { body: `<script>${RUN}</script>`, refused: ['6 script'], runs: 'html' },
  'html-script-in-capitals': { body: `<ScRiPt>${RUN}</ScRiPt>`, refused: ['6 script'], runs: 'html' },
  'html-script-in-a-sentence': { body: `字 <script>${RUN}</script> 字`, refused: ['6 script'], runs: 'html' },
  'html-script-from-a-file': { body: '<script src="/ran/"></script>', refused: ['6 script'], runs: 'html' },
  'html-script-module': {
    body: `<script type="module">${RUN}</script>`,
    refused: ['6 script'],
    runs: 'html',
  },
  'html-script-unclosed': { body: `<script>${RUN}`, refused: ['6 html-tag'] },
  'html-script-in-a-list': { body: `- a\n\n  <script>${RUN}</script>`, refused: ['8 script'], runs: 'html' },
  'html-script-in-a-table': {
    body: `| a |\n|---|\n| <script>${RUN}</script> |`,
    refused: ['8 script'],
    runs: 'html',
  },
  'html-script-in-a-footnote': {
    body: `字[^1]\n\n[^1]: <script>${RUN}</script>`,
    refused: ['8 script'],
  },
  'html-script-in-a-component': {
    body: `<Callout type="tip">\n<script>${RUN}</script>\n</Callout>`,
    refused: ['7 script'],
    runs: 'html',
  },
  'html-image-error': {
    body: `<img src="/none" onerror="${RUN}" />`,
    refused: ['6 event-handler'],
    runs: 'html',
  },
  'html-image-of-another-host': { body: '<img src="/ran/" />', refused: ['6 html-tag'], runs: 'html' },
  'html-svg-load': { body: `<svg onload="${RUN}" />`, refused: ['6 event-handler'], runs: 'html' },
  'html-svg-slashes': { body: `<svg/onload=${RUN}>`, refused: ['6 mdx-syntax'], runs: 'html' },
  'html-svg-script': { body: `<svg><script>${RUN}</script></svg>`, refused: ['6 html-tag'], runs: 'html' },
  'html-svg-animate': {
    body: `<svg><animate onbegin="${RUN}" attributeName="x" dur="1s" /></svg>`,
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-math': {
    body: `<math><mtext><img src="/none" onerror="${RUN}" /></mtext></math>`,
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-iframe': { body: '<iframe src="/ran/"></iframe>', refused: ['6 html-tag'], runs: 'html' },
  'html-iframe-document': {
    body: `<iframe srcdoc="&lt;script&gt;parent.${RUN}&lt;/script&gt;"></iframe>`,
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-object': { body: '<object data="/ran/"></object>', refused: ['6 html-tag'], runs: 'html' },
  'html-embed': { body: '<embed src="/ran/" />', refused: ['6 html-tag'], runs: 'html' },
  'html-style': {
    body: '<style>@import "/ran/";</style>',
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-style-attribute': {
    body: '<p style="background:url(/ran/)">字</p>',
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-stylesheet': {
    body: '<link rel="stylesheet" href="/ran/" />',
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-refresh': {
    body: '<meta http-equiv="refresh" content="0;url=/ran/" />',
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-base': { body: '<base href="https://evil.example/" />', refused: ['6 html-tag'] },
  'html-form': {
    body: `<form action="javascript:${RUN}"><button>go</button></form>`,
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-details': {
    body: `<details open ontoggle="${RUN}">字</details>`,
    refused: ['6 event-handler'],
    runs: 'html',
  },
  'html-video': {
    body: `<video><source onerror="${RUN}" src="/none" /></video>`,
    refused: ['6 html-tag'],
    runs: 'html',
  },
  'html-link': { body: `<a href="javascript:${RUN}">字</a>`, refused: ['6 html-tag'], runs: 'html' },
  'html-template': {
    body: `<template><script>${RUN}</script></template>`,
    refused: ['6 html-tag'],
  },
  'html-comment': { body: `<!--><script>${RUN}</script>-->`, refused: ['6 html-comment'], runs: 'html' },
  'html-declaration': { body: `<!DOCTYPE html><p>字</p>`, refused: ['6 html-comment'] },
  'html-cdata': { body: `<![CDATA[<script>${RUN}</script>]]>`, refused: ['6 html-comment'] },
  'html-processing-instruction': { body: '<?php system("id") ?>', refused: ['6 mdx-syntax'] },
  'html-custom-element': { body: '<talk-player data-x="1"></talk-player>', refused: ['6 html-tag'] },
  'html-slot-name': { body: '<slot name="x"></slot>', refused: ['6 html-tag'] },

  'mdx-import': { body: `import x from 'data:text/javascript,${RUN}'`, refused: ['6 import-export'] },
  'mdx-export': { body: `export const x = ${RUN}`, refused: ['6 import-export'], runs: 'mdx' },
  'mdx-export-later': { body: `字\n\nexport const x = ${RUN}`, refused: ['8 import-export'], runs: 'mdx' },
  'mdx-expression': { body: `{${RUN}}`, refused: ['6 expression'], runs: 'mdx' },
  'mdx-expression-in-a-sentence': { body: `字 {${RUN}} 字`, refused: ['6 expression'], runs: 'mdx' },
  'mdx-expression-over-lines': { body: `{\n  ${RUN}\n}`, refused: ['6 expression'], runs: 'mdx' },
  'mdx-expression-in-a-heading': { body: `## {${RUN}}`, refused: ['6 expression'], runs: 'mdx' },
  'mdx-expression-in-a-component': {
    body: `<Callout type="tip">\n  {${RUN}}\n</Callout>`,
    refused: ['7 expression'],
  },
  'mdx-comment': { body: '{/* 谁也看不到 */}', refused: ['6 expression'] },
  'mdx-attribute': { body: `<Callout type={${RUN}}>字</Callout>`, refused: ['6 expression'] },
  'mdx-spread': { body: `<Callout type="tip" {...${RUN}}>字</Callout>`, refused: ['6 expression'] },
  'mdx-handler': {
    body: `<Callout type="tip" onClick="${RUN}">字</Callout>`,
    refused: ['6 event-handler'],
  },
  'mdx-handler-in-capitals': {
    body: `<Callout type="tip" ONCLICK="${RUN}">字</Callout>`,
    refused: ['6 event-handler'],
  },
  'mdx-set-html': {
    body: '<Callout type="tip" set:html="&lt;script&gt;">字</Callout>',
    refused: ['6 attribute-unknown'],
  },
  'mdx-dangerous-html': {
    body: '<Callout type="tip" dangerouslySetInnerHTML="x">字</Callout>',
    refused: ['6 attribute-unknown'],
  },
  'mdx-style-attribute': {
    body: '<Callout type="tip" style="background:url(/ran/)">字</Callout>',
    refused: ['6 attribute-unknown'],
  },
  'mdx-client-directive': {
    body: '<Callout type="tip" client:load="x">字</Callout>',
    refused: ['6 attribute-unknown'],
  },
  'mdx-prototype-attribute': {
    body: '<Callout type="tip" constructor="x" __proto__="y">字</Callout>',
    refused: ['6 attribute-unknown', '6 attribute-unknown'],
  },
  'mdx-member-component': {
    body: '<Callout.constructor>字</Callout.constructor>',
    refused: ['6 unknown-component'],
  },
  'mdx-prototype-component': { body: '<constructor />', refused: ['6 html-tag'] },
  'mdx-unknown-component': { body: '<Script />', refused: ['6 script'] },
  'mdx-fragment': { body: '<>字</>', refused: ['6 html-tag'] },
  'mdx-text-before-component': {
    body: '<Callout type="tip" title="&quot; onmouseover=&quot;fetch(/ran/)">字</Callout>',
    refused: [],
  },

  'code-block': { body: '```html\n<script>fetch(/ran/)</script>\n{x}\n```', refused: [] },
  'code-block-language': { body: '```js"><script>fetch(/ran/)</script>\n1\n```', refused: [] },
  'code-block-closing': { body: '```\n</code></pre><script>fetch(/ran/)</script>\n```', refused: [] },
  'code-inline': { body: '`<img src=x onerror=fetch(/ran/)>`', refused: [] },
  'escaped-tag': { body: '\\<script>fetch(/ran/)\\</script>', refused: [] },
  'escaped-expression': {
    body: '\\{fetch(/ran/)\\} $\\{fetch(/ran/)\\} \\{\\{constructor.constructor(1)()\\}\\}',
    refused: [],
  },
  'references-of-characters': {
    body: '&lt;script&gt;fetch(/ran/)&lt;/script&gt; &#60;img src=x onerror=fetch(/ran/)&#62; &#x3c;svg/onload=fetch(/ran/)&#x3e;',
    refused: [],
  },
  'references-twice': { body: '&amp;lt;script&amp;gt;fetch(/ran/)&amp;lt;/script&amp;gt;', refused: [] },
  'a-gap-of-ours': { body: '&#1;0&#1; &#x01;1&#x01; [字](./markup.mdx)', refused: ['6 broken-link'] },
  'headings-that-clobber': {
    body: '## body\n\n## cookie\n\n## constructor\n\n## __proto__\n\n## "><img src=x onerror=fetch(/ran/)>'.replace(
      '<img',
      '\\<img',
    ),
    refused: [],
  },
  'footnotes-that-clobber': {
    body: '字[^__proto__] 字[^constructor] 字[^"onclick=]\n\n[^__proto__]: 一\n\n[^constructor]: 二\n\n[^"onclick=]: 三',
    refused: [],
  },
  'definitions-that-clobber': {
    body: '[字][__proto__] [字][constructor] [字][toString]\n\n[__proto__]: https://a.example/\n[constructor]: https://b.example/',
    refused: [],
  },
  'chart-of-markup': {
    body: '<Chart title="&lt;b&gt;" note="&lt;script&gt;fetch(/ran/)&lt;/script&gt;">\n- \\<img src=x onerror=fetch(/ran/)>：5 \\<b>\n</Chart>',
    refused: [],
  },
};
