import fc from 'fast-check';
import type { Element } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { FORMS } from '../model/form.ts';
import { compile } from './compile.ts';
import { fill } from './slots.ts';

/** Pieces of Markdown, MDX and of attacks, from which bodies are put together at random. */
const pieces = [
  ...['\n', '\n\n', ' ', '    ', '\t', '汉', '字', '，', '“', '”', 'a', 'b', '"', "'", '=', '\\'],
  ...['**', '*', '~~', '_', '`', '```\n', '> ', '- ', '1. ', '- [ ] ', '## ', '# ', '---\n'],
  ...['| a | b |\n|:-|-:|\n', '[^1]', '[^1]: ', '[x](', '](', '![', '[x][x]', '[x]: javascript:a\n'],
  ...['<Quote>', '</Quote>', '<Quote who="a">', '<Callout type="tip">', '</Callout>', '<Members />'],
  ...['<Line who="a" t="0:01">', '</Line>', '<Day date="2026-01-01">', '<Pick who="a">', '</Pick>', '</Day>'],
  ...['<Attachment src="./a" title="<script>" />', '<Figure src="./a.png" alt="&quot; onload=&quot;x" />'],
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=alert(1) />',
    '<svg/onload=alert(1)>',
    '<a',
    '/>',
    '<',
    '>',
  ],
  ...['{', '}', '{a}', '<!--', '-->', 'import x', 'export', '&lt;', '&#60;script&#62;', '&#x0;'],
  ...['javascript:', 'data:', 'https://a.cn/', 'https://a.cn，', 'www.a.cn', 'a@b.cn'],
];

const elements =
  'p a strong em del code pre blockquote ul ol li h2 h3 h4 hr br table thead tbody tr th td div span section aside figure figcaption cite time label input sup';
const properties =
  'href rel className id dataQuote dataWho dataFrom dataTo dataStart dateTime type checked disabled start tabIndex scope title ariaDescribedBy ariaLabel dataFootnoteRef dataFootnotes dataFootnoteBackref';
const allowed = { elements: new Set(elements.split(' ')), properties: new Set(properties.split(' ')) };

function faultOf({ tagName, properties: given }: Element): string | undefined {
  if (!allowed.elements.has(tagName)) return `<${tagName}>`;
  const unknown = Object.keys(given).find((name) => !allowed.properties.has(name));
  if (unknown !== undefined) return `${unknown} on <${tagName}>`;
  if (typeof given.href === 'string' && !/^(?:https?:\/\/|mailto:|#)/.test(given.href)) return given.href;
  if (typeof given.id === 'string' && !/^[!-~]+$/.test(given.id)) return `id ${given.id}`;
  return undefined;
}

test('whatever is written, it is refused or becomes harmless markup', { timeout: 60_000 }, () => {
  let rendered = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMS),
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }),
      (form, body) => {
        const { body: result } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body.join('')}`, form);
        if (!result) return;
        rendered++;
        const html = fill(
          result.html,
          Array.from({ length: result.slots.length }, () => ''),
        );
        visit(unified().use(rehypeParse, { fragment: true }).parse(html), 'element', (element) => {
          expect(faultOf(element)).toBeUndefined();
        });
      },
    ),
    { numRuns: 1000, seed: 20261122 },
  );
  expect(rendered).toBeGreaterThan(100);
});
