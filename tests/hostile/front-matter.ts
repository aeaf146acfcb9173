import type { Corpus } from './case.ts';

const front = (lines: string) => `---\n${lines}\n---\n\n正文一段。\n`;
const dated = (lines: string) => front(`title: 一则\ndate: 2026-11-01\n${lines}`);
const bomb = Array.from({ length: 12 }, (_, i) =>
  i === 0
    ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
    : `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
).join('\n');
/** Each level is an anchor and nine aliases of the one above. */
const bombed = Array.from({ length: 12 }, (_, i) =>
  Array<string>(i === 0 ? 1 : 10).fill(`${i + 4} yaml-alias`),
).flat();
const markup = '"><img src=x onerror=fetch(/ran/)><script>fetch(/ran/)</script>';

/** YAML that runs code, expands exponentially, reaches into objects or hides its content. */
export const frontMatter: Corpus = {
  'yaml-in-javascript': {
    source: '---js\n{ title: fetch(/ran/) }\n---\n',
    refused: ['1 front-matter-language'],
  },
  'yaml-in-json': { source: '---json\n{ "title": "x" }\n---\n', refused: ['1 front-matter-language'] },
  'yaml-in-coffee': { source: '---coffee\ntitle: x\n---\n', refused: ['1 front-matter-language'] },
  'yaml-function-tag': {
    source: front('title: !!js/function "function(){fetch(/ran/)}"\ndate: 2026-11-01'),
    refused: ['2 yaml-tag'],
  },
  'yaml-python-tag': {
    source: front('title: !!python/object/apply:os.system ["id"]\ndate: 2026-11-01'),
    refused: ['2 yaml-tag'],
  },
  'yaml-own-tag': {
    source: front('title: !include /etc/passwd\ndate: 2026-11-01'),
    refused: ['2 yaml-tag'],
  },
  'yaml-binary-tag': { source: front('title: !!binary aGk=\ndate: 2026-11-01'), refused: ['2 yaml-tag'] },
  'yaml-set-tag': { source: dated('topics: !!set {a, b}'), refused: ['4 yaml-tag'] },
  'yaml-verbatim-tag': {
    source: front('title: !<tag:yaml.org,2002:str> x\ndate: 2026-11-01'),
    refused: ['2 yaml-tag'],
  },
  'yaml-tag-directive': { source: '---\n%TAG ! tag:x,2000:\ntitle: x\n---\n', refused: ['3 yaml-syntax'] },
  'yaml-alias': { source: dated('summary: &a x\naliases: [*a]'), refused: ['4 yaml-alias', '5 yaml-alias'] },
  'yaml-alias-bomb': {
    source: dated(bomb),
    refused: bombed,
  },
  'yaml-alias-of-itself': {
    source: dated('people: &a { host: *a }'),
    refused: ['4 yaml-alias', '4 yaml-alias'],
  },
  'yaml-merge': { source: dated('<<: { access: public }'), refused: ['4 unknown-field'] },
  'yaml-two-documents': {
    source: front('title: x\ndate: 2026-11-01\n...\ntitle: y'),
    refused: ['5 yaml-syntax'],
  },
  'yaml-field-twice': { source: dated('title: 另一个'), refused: ['4 yaml-syntax'] },
  'yaml-prototype': { source: dated('__proto__: { access: public }'), refused: ['4 unknown-field'] },
  'yaml-prototype-quoted': { source: dated('"__proto__": { draft: true }'), refused: ['4 unknown-field'] },
  'yaml-constructor': {
    source: dated('constructor: { prototype: { access: public } }'),
    refused: ['4 unknown-field'],
  },
  'yaml-prototype-within': {
    source: dated('people: { __proto__: { host: a }, constructor: b }'),
    refused: ['4 unknown-field'],
  },
  'yaml-complex-key': { source: dated('? [a, b]\n: x'), refused: ['4 yaml-syntax'] },
  'yaml-number-for-text': {
    source: front('title: 0x7fffffff\ndate: 2026-11-01'),
    refused: ['2 invalid-field'],
  },
  'yaml-list-for-text': { source: front('title: [a]\ndate: 2026-11-01'), refused: ['2 invalid-field'] },
  'yaml-date-that-is-none': { source: front('title: x\ndate: 2026-02-31'), refused: ['3 invalid-field'] },
  'yaml-half-a-character': {
    source: front('title: "a\\ud83db"\ndate: 2026-11-01'),
    refused: ['2 control-character'],
  },
  'list-that-commands-a-terminal': {
    files: {
      '/topics.yaml': 'a:\n  name: "\\e]0;x\\a"\n  definition: 字\n',
      '/series.yaml': 'a:\n  title: 字\n  summary: "字\\x9b2J"\n',
      '/synonyms.yaml': '- [字, "\\0"]\n',
      '/suggestions.yaml': '- title: "\\u202e字"\n  kind: book\n  why: 字\n',
      '/tiers.yaml': 'patrons: { name: "\\ud83d" }\n',
    },
    refused: [
      'series.yaml:3 control-character',
      'suggestions.yaml:1 control-character',
      'synonyms.yaml:1 control-character',
      'tiers.yaml:1 control-character',
      'topics.yaml:2 control-character',
    ],
  },
  'list-that-hides-in-a-comment': {
    files: { '/topics.yaml': 'a:\n  name: 字 # \u202e\n  definition: 字\n' },
    refused: ['topics.yaml:2 control-character'],
  },
  'yaml-zero': { source: front('title: "a\\0b"\ndate: 2026-11-01'), refused: ['2 control-character'] },
  'yaml-escape-of-direction': {
    source: front('title: "a\\u202eb"\ndate: 2026-11-01'),
    refused: ['2 control-character'],
  },
  'yaml-escape-in-a-list': {
    source: dated('summary: "好\\u2066坏"'),
    refused: ['4 control-character'],
  },
  'yaml-escape-of-no-character': {
    source: front('title: "a\\uffffb"\ndate: 2026-11-01\naccess: public'),
    refused: ['2 control-character'],
  },
  'yaml-unclosed': { source: '---\ntitle: x\ndate: 2026-11-01\n', refused: ['1 front-matter-missing'] },
  'yaml-long-fence': {
    source: '---\ntitle: x\ndate: 2026-11-01\n----\n',
    refused: ['1 front-matter-missing'],
  },
  'yaml-is-a-text': { source: front('just a text'), refused: ['1 invalid-field'] },
  'yaml-is-a-list': { source: front('- a\n- b'), refused: ['1 invalid-field'] },

  'slug-with-a-path': { source: dated('slug: ../../root'), refused: ['4 invalid-field'] },
  'slug-with-markup': { source: dated(`slug: '${markup}'`), refused: ['4 invalid-field'] },
  'slug-of-look-alikes': { source: dated('slug: nоtes-аbout'), refused: ['4 invalid-field'] },
  'slug-of-full-width': { source: dated('slug: ａｂｃ'), refused: ['4 invalid-field'] },
  'slug-of-capitals': { source: dated('slug: INDEX'), refused: ['4 invalid-field'] },
  'slug-with-a-line-end': { source: dated('slug: "abc\\n"'), refused: ['4 invalid-field'] },
  // A person, because another case has a note with this address.
  'slug-of-an-object': {
    files: {
      '/people/object.mdx':
        '---\nname: 某人\nrole: 社群\njoined: 2026-01-01\nslug: constructor\naliases: [tostring, valueof]\n---\n',
    },
    refused: [],
  },
  'alias-with-a-path': { source: dated('aliases: [../index]'), refused: ['4 invalid-field'] },
  'alias-of-look-alikes': { source: dated('aliases: [аlias]'), refused: ['4 invalid-field'] },
  'person-of-look-alikes': { source: dated('people: { author: linxiа }'), refused: ['4 unknown-person'] },
  'person-of-the-prototype': {
    source: dated('people: { author: constructor }'),
    refused: ['4 unknown-person'],
  },
  'topic-of-the-prototype': { source: dated('topics: [constructor]'), refused: ['4 unknown-topic'] },
  'series-of-the-prototype': {
    source: dated('series: constructor\nnumber: 1'),
    refused: ['4 unknown-series'],
  },
  'audio-of-another-host': {
    source: front('title: x\ndate: 2026-11-01\naudio: https://evil.example/a.mp3'),
    refused: ['4 unknown-field'],
  },

  'title-of-markup': {
    source: front(`title: '${markup}'\ndate: 2026-11-01\nsummary: '${markup}'`),
    refused: [],
  },
  'title-that-closes': {
    source: front(
      `title: '</title></script></style></textarea>--><script>fetch(/ran/)</script>'\ndate: 2026-11-01`,
    ),
    refused: [],
  },
  'title-of-a-template': {
    source: front(
      'title: \'{{constructor.constructor("fetch(/ran/)")()}} ${fetch(/ran/)} <%= 1 %>\'\ndate: 2026-11-01',
    ),
    refused: [],
  },
  'title-of-two-lines': {
    source: front('title: "甲\\n::error::乙"\ndate: 2026-11-01'),
    refused: ['2 invalid-field'],
  },
  'title-of-line-separators': {
    source: front('title: "a\\u2028fetch(/ran/)\\u2029b"\ndate: 2026-11-01'),
    refused: [],
  },
};
