import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { listFiles } from '../../scripts/lib/folder.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { FORMS, isForm, type Form } from '../../src/model/form.ts';
import { corpus, filesOf } from '../hostile/corpus.ts';

/** The source of an entry that someone might contribute. */
export interface Input {
  form: Form;
  source: string;
}

/**
 * Fragments of Markdown, MDX, YAML and attacks, from which inputs are assembled and which are inserted into other
 * texts.
 */
const PIECES = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '\r\n',
    '\r',
    '汉',
    '字',
    '，',
    '“',
    '”',
    'a',
    'b',
    '"',
    "'",
    '=',
    '\\',
  ],
  ...[
    '**',
    '*',
    '~~',
    '~',
    '_',
    '`',
    '```\n',
    '~~~\n',
    '> ',
    '- ',
    '1. ',
    '- [ ] ',
    '## ',
    '# ',
    '---\n',
    '===\n',
  ],
  ...[
    '| a | b |\n|:-|-:|\n',
    '[^1]',
    '\n\n[^1]: ',
    '[x](',
    '](',
    '![',
    '[x][x]',
    '\n\n[x]: javascript:a\n',
    '[^__proto__]',
  ],
  ...[
    '<Quote>',
    '</Quote>',
    '<Quote who="linxia" from="1:00">',
    '<Callout type="tip">',
    '</Callout>',
    '\n\n<Members />\n\n',
  ],
  ...[
    '<Line who="linxia" t="0:01">',
    '</Line>',
    '<Day date="2026-01-01">',
    '<Pick who="linxia">',
    '</Pick>',
    '</Day>',
  ],
  ...[
    '<Chapter title="&quot;">',
    '</Chapter>',
    '<Idea>',
    '</Idea>',
    '<Viewpoint who="linxia">',
    '</Viewpoint>',
  ],
  ...['<Takeaways>', '</Takeaways>', '<Framework>', '</Framework>', '<Numbers>', '</Numbers>'],
  ...['<Chart title="&lt;svg&gt;">\n', '- a：5 <\n', '\n</Chart>', '<Audio src="./a.mp3" title="&quot;" />'],
  ...[
    '<Attachment src="./a.csv" title="<script>" />',
    '<Figure src="./a.png" alt="&quot; onload=&quot;x" />',
  ],
  ...[
    '![&quot;&gt;](./a.png "\\" onload=x")',
    '[字](../notes/other.mdx#一节)',
    '[字](/search/?q="><a)',
    '[字](#t=1)',
  ],
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=alert(1) />',
    '<svg/onload=alert(1)>',
    '<a',
    '/>',
    '<',
    '>',
    '</',
  ],
  ...[
    '</main>',
    '</figure>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?x ?>',
    '</textarea>',
    '</title>',
    '<plaintext>',
  ],
  ...[
    '{',
    '}',
    '{a}',
    '{/* */}',
    '{...a}',
    'import x',
    'export default 1',
    'set:html="a"',
    'onclick="a"',
    'style="a"',
  ],
  ...[
    '&lt;',
    '&#60;script&#62;',
    '&#x0;',
    '&#1;0&#1;',
    '&#x202e;',
    '&NewLine;',
    '&Tab;',
    '&colon;',
    '&nbsp;',
    '&amp;lt;',
  ],
  ...[
    'javascript:',
    'JaVaScRiPt:',
    'data:text/html,',
    '//a.cn',
    'https://a.cn/',
    'https://a.cn，',
    'www.a.cn',
    'a@b.cn',
  ],
  ...['mailto:', '../', '%2e%2e/', '%00', '%E0%A4%A', '\\\\a.cn/'],
  ...[
    '\u0000',
    '\u0001',
    '\u001b',
    '\u00ad',
    '\u200b',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\ud800',
    '😀',
    '𠮷',
    '́',
  ],
  ...[
    '```js&#32;quote ',
    '~~~"><',
    '__proto__',
    'constructor',
    'toString',
    'title: ',
    'slug: ',
    'draft: true\n',
  ],
  ...[
    '&a ',
    '*a',
    '!!js/function ',
    '? ',
    ': ',
    '|\n',
    '>-\n',
    '[[',
    '{a: ',
    '<<: ',
    '"\\u202e"',
    '0x10',
    '2026-02-30',
  ],
];

/** The project's own entries and hostile ones, except those that are only about size. */
const seeds: Input[] = [...ownEntries(), ...hostileEntries()].filter(({ source }) => source.length < 20_000);
const fronts = Object.fromEntries(
  FORMS.map((form) => {
    const own = seeds.find((seed) => seed.form === form)!.source;
    return [form, own.slice(0, own.indexOf('\n---', 3) + 5)] as const;
  }),
);

function ownEntries(): Input[] {
  const content = join(projectRoot, 'content');
  return (
    listFiles(content)
      .filter((file) => file.endsWith('.mdx'))
      .flatMap((file) => inputsOf(file, readFileSync(join(content, file), 'utf8')))
      // One entry per block: in a long text, most changes would miss the interesting place.
      .flatMap(({ form, source }) => {
        const end = source.indexOf('\n---', 3) + 5;
        const blocks = source.slice(end).split(/\n(?=<[A-Z]|##)/);
        return blocks.map((block) => ({ form, source: `${source.slice(0, end)}\n${block}\n` }));
      })
  );
}

function hostileEntries(): Input[] {
  return Object.entries(corpus).flatMap(([name, hostile]) =>
    Object.entries(filesOf(name, hostile)).flatMap(([file, text]) =>
      typeof text === 'string' && file.endsWith('.mdx') ? inputsOf(file, text) : [],
    ),
  );
}

function inputsOf(file: string, source: string): Input[] {
  const [form = ''] = file.split('/');
  return isForm(form) ? [{ form, source }] : [];
}

/** Splits a text into words, runs of blanks, and single characters. */
const tokensOf = (text: string) => text.match(/[\p{L}\p{N}_-]+|[ \t]+|[^]/gsu) ?? [];

/** One change to a text: at a token, over a few tokens, with something from elsewhere. */
interface Change {
  kind: 'delete' | 'insert' | 'replace' | 'repeat' | 'splice' | 'reference' | 'quote' | 'wrap';
  at: number;
  length: number;
  piece: string;
  other: number;
  times: number;
}

const change: Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'replace', 'splice', 'repeat', 'reference', 'quote', 'wrap'),
  at: fc.nat(9999),
  length: fc.integer({ min: 1, max: 12 }),
  piece: fc.constantFrom(...PIECES),
  other: fc.nat(seeds.length - 1),
  times: fc.integer({ min: 2, max: 60 }),
});

function changed(text: string, { kind, at, length, piece, other, times }: Change): string {
  const tokens = tokensOf(text);
  const start = Math.floor((at / 10_000) * (tokens.length + 1));
  const span = tokens.slice(start, start + length);
  const around = (middle: readonly string[]) =>
    [...tokens.slice(0, start), ...middle, ...tokens.slice(start + length)].join('');
  switch (kind) {
    case 'delete':
      return around([]);
    case 'insert':
      return around([piece, ...span]);
    case 'replace':
      return around([piece]);
    case 'repeat':
      return around(Array<string>(times).fill(span.join('')));
    case 'splice': {
      const foreign = tokensOf(seeds[other]!.source);
      const from = Math.floor((at / 10_000) * foreign.length);
      return around([...span, ...foreign.slice(from, from + times)]);
    }
    case 'reference':
      return around(span.map((token) => Array.from(token, (one) => `&#${one.codePointAt(0)!};`).join('')));
    case 'quote':
      return around([piece, span.join('').replaceAll('\n', `\n${piece}`)]);
    case 'wrap':
      return around(['\n\n<Callout type="note" title="', piece, '">\n', ...span, '\n</Callout>\n\n']);
  }
}

const broken: Arbitrary<Input> = fc
  .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 3 }))
  .map(([{ form, source }, changes]) => ({ form, source: changes.reduce(changed, source) }));

const invented: Arbitrary<Input> = fc
  .tuple(fc.constantFrom(...FORMS), fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }))
  .map(([form, pieces]) => ({ form, source: `${fronts[form]!}\n${pieces.join('')}\n` }));

/** The project's own entries and hostile ones with a few changes, and bodies assembled from fragments. */
export const inputs: Arbitrary<Input> = fc.oneof(
  { arbitrary: broken, weight: 3 },
  { arbitrary: invented, weight: 1 },
);
