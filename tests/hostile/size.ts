import type { Corpus } from './case.ts';

const times = (count: number, text: string) => text.repeat(count);

/** Too much of everything: refused by size or count, never by a timeout. */
export const size: Corpus = {
  'size-of-a-body': { body: times(800_000, '长'), refused: ['1 file-too-large'] },
  'size-of-front-matter': {
    source: `---\ntitle: x\ndate: 2026-11-01\nsummary: ${times(70_000, 'a')}\n---\n`,
    refused: ['1 front-matter-too-large'],
  },
  'size-of-a-title': {
    source: `---\ntitle: ${times(81, '长')}\ndate: 2026-11-01\n---\n\n字\n`,
    refused: ['2 invalid-field'],
  },
  'size-of-a-list': {
    more: `topics: [${times(20_000, 'x, ')}]\n`,
    body: '字',
    refused: ['4 invalid-field', ...Array.from({ length: 20 }, () => '4 unknown-topic')],
  },
  'depth-of-yaml': {
    source: `---\ntitle: ${times(20_000, '[')}\ndate: 2026-11-01\n---\n\n字\n`,
    refused: ['2 yaml-syntax'],
  },
  'depth-of-quotes': { body: times(5_000, '>') + ' a', refused: ['6 nesting-too-deep'] },
  'depth-of-lists': { body: times(500, '- ') + 'a', refused: ['6 nesting-too-deep'] },
  'depth-by-indent': {
    body: Array.from({ length: 300 }, (_, i) => `${times(i, '  ')}- a`).join('\n'),
    refused: ['256 nesting-too-deep'],
  },
  'depth-of-components': {
    body: times(200, '<Callout type="tip">\n') + '字\n' + times(200, '</Callout>\n'),
    refused: ['106 nesting-too-deep'],
  },
  'depth-of-components-unclosed': {
    body: times(5_000, '<Callout type="tip">'),
    refused: ['6 unclosed-component'],
  },
  'depth-of-emphasis': { body: times(300, '*a _b ') + times(300, '_ *'), refused: ['6 too-much-markup'] },
  'depth-of-brackets': { body: times(5_000, '['), refused: ['6 too-much-markup'] },
  'depth-of-braces': { body: times(50_000, '{'), refused: ['6 unclosed-component'] },
  'count-of-brackets': { body: times(5_000, 'a]'), refused: ['6 too-much-markup'] },
  'count-of-titles': { body: times(5_000, '[a](b "'), refused: ['6 too-much-markup'] },
  'count-of-stars': { body: times(5_000, 'a* '), refused: ['6 too-much-markup'] },
  'count-of-angles': { body: times(50_000, '<'), refused: ['6 mdx-syntax'] },
  'count-of-lines': { body: times(30_000, '- a\n'), refused: ['20005 too-much-markup'] },
  'count-of-lazy-lines': { body: '> a\n' + times(5_000, 'b\n'), refused: ['1007 too-much-markup'] },
  'count-of-quotes': { body: times(9_500, '> a\n\n'), refused: ['2008 too-much-markup'] },
  'count-of-quotes-in-quotes': { body: times(9_500, '> > a\n\n'), refused: ['1008 too-much-markup'] },
  'count-of-lists-in-lists': { body: times(9_500, '- a\n  - b\n'), refused: ['2008 too-much-markup'] },
  'count-of-footnotes': {
    body: Array.from({ length: 9_500 }, (_, i) => `[^${i}]: a`).join('\n\n'),
    refused: ['2008 too-much-markup'],
  },
  'count-of-code-marks': {
    body: Array.from({ length: 1_800 }, (_, i) => `${times(i + 1, '`')}a`).join(''),
    refused: ['6 too-much-markup'],
  },
  'count-of-closing-braces': { body: `{\`${times(100_000, '}')}`, refused: ['6 expression'] },
  'count-of-closing-braces-in-an-attribute': {
    body: `<Callout type={\`${times(100_000, '}')}`,
    refused: ['6 mdx-syntax'],
  },
  'count-of-lines-of-an-export': {
    body: `export const a = \`${times(9_000, 'a\n\n')}`,
    refused: ['6 import-export'],
  },
  'count-of-attributes': {
    body: `<Callout type="tip" ${times(3_000, 'type="tip" ')}>字</Callout>`,
    refused: ['6 attribute-twice'],
  },
  'count-of-columns': { body: `${times(2_000, '|a')}|\n${times(2_000, '|-')}|`, refused: [] },
  'length-of-a-word': { body: times(100_000, 'a'), refused: [] },
  'length-of-an-address': { body: `[字](https://a.example/${times(50_000, 'a')})`, refused: [] },

  'direction-in-a-body': { body: '好\u202e坏', refused: ['6 control-character'] },
  'direction-isolated-in-a-body': { body: '好\u2067坏\u2069', refused: ['6 control-character'] },
  'direction-by-reference': { body: '好&#x202e;坏', refused: ['6 control-character'] },
  'direction-by-reference-in-a-link': {
    body: '[好&#8238;坏](https://a.example/ "&#x2066;")',
    refused: ['6 control-character', '6 control-character'],
  },
  'direction-by-reference-in-an-attribute': {
    body: '<Callout type="tip" title="好&#x202e;坏">字</Callout>',
    refused: ['6 attribute-invalid'],
  },
  'control-in-a-body': { body: '好\u0000坏', refused: ['6 control-character'] },
  'control-that-ends-a-line': { body: '好\r{坏', refused: ['6 control-character'] },
  'control-of-a-terminal': { body: '好\u001b[2J坏', refused: ['6 control-character'] },
  'bytes-that-are-no-text': {
    files: { '/notes/bytes.mdx': Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]) },
    refused: ['notes/bytes.mdx:2 not-utf8'],
  },
};
