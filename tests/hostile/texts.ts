import type { Corpus } from './case.ts';

/** Short enough for fields of 40 characters. */
const image = '"><img src=x onerror=fetch(/ran/)>';
const script = '</script><script>fetch(/ran/)</script>';
const asAttribute = '&quot;&gt;&lt;img src=x onerror=fetch(/ran/)&gt;';
const escaped = '\\<img src=x onerror=fetch(/ran/)>';

/** Markup in every field that appears on a page: titles, names, lists, parts of each form. */
export const texts: Corpus = {
  'text-of-lists': {
    more: 'topics: [markup]\nseries: markup\nnumber: 1\npeople: { author: markup }\n',
    body: `<Quote who="markup" from="1:00" source="${asAttribute}">${escaped}</Quote>`,
    files: {
      '/people/markup.mdx': `---\nname: '${image}'\nrole: '${script}'\ntitles: ['${image}']\naliases: ['${script}']\njoined: 2026-11-01\nsample: true\n---\n\n${escaped}\n`,
      '/topics.yaml': `markup:\n  name: '${image}'\n  definition: '${script}'\n  aliases: ['${script}']\n`,
      '/series.yaml': `markup:\n  title: '${image}'\n  summary: '${script}'\n`,
      '/start.yaml': `picks:\n  - entry: notes/text-of-lists\n    why: '${image}'\nwho:\n  - person: markup\n    for: '${script}'\n`,
      '/suggestions.yaml': `- title: '${image}'\n  kind: book\n  authors: ['${script}']\n  by: markup\n  why: '${script}'\n`,
      '/synonyms.yaml': `- ['${image}', '${script}']\n`,
    },
    refused: [],
  },
  'text-of-a-talk': {
    files: {
      '/people/talker.mdx': `---\nname: '${script}'\nrole: '${image}'\njoined: 2026-11-01\n---\n\n字\n`,
      '/talks/text.mdx': `---\ntitle: '${image}'\ndate: 2026-11-01\nspeakers: [talker]\nduration: '10:00'\nchapters: [{ t: '0:01', title: '${script}' }]\n---\n\n<Takeaways>\n- ${escaped}\n</Takeaways>\n\n## ${escaped}\n\n<Line who="talker" t="0:02">${escaped}</Line>\n`,
    },
    refused: [],
  },
  'text-of-a-breakdown': {
    files: {
      '/breakdowns/text.mdx': `---\ntitle: '${image}'\ndate: 2026-11-01\nfor: '${script}'\nwork: { kind: book, title: '${image}', authors: ['${script}'], publisher: '${image}', year: 2020, url: 'https://a.example/?a=1&b=x' }\n---\n\n<Framework>\n- ${escaped}\n</Framework>\n\n<Chapter title="${asAttribute}">\n${escaped}\n\n<Idea title="${asAttribute}">${escaped}</Idea>\n</Chapter>\n\n<Apply>\n- [ ] ${escaped}\n</Apply>\n`,
    },
    refused: [],
  },
  'text-of-a-discussion': {
    files: {
      '/people/asker.mdx': `---\nname: '${image}'\nrole: '${image}'\njoined: 2026-11-01\n---\n\n字\n`,
      '/discussions/text.mdx': `---\ntitle: '${image}'\ndate: 2026-11-03\nquestion: '${script}'\nasked_by: asker\nweek: 2026-W45\nbackground: '${image}'\n---\n\n<Viewpoint who="asker" title="${asAttribute}">${escaped}</Viewpoint>\n\n<Agreement>\n- ${escaped}\n</Agreement>\n\n<Try>\n- [ ] ${escaped}\n</Try>\n`,
    },
    refused: [],
  },
  'text-of-a-teardown': {
    files: {
      '/teardowns/text.mdx': `---\ntitle: '${image}'\ndate: 2026-11-01\ncase: { name: '${image}', company: '${script}', channel: offline, period: '${image}' }\n---\n${[
        'Background',
        'Goal',
        'Insight',
        'Mechanism',
        'Logic',
        'Copy',
        'Avoid',
      ]
        .map((step) => `\n<${step}>\n${escaped}\n</${step}>\n`)
        .join('')}`,
    },
    refused: [],
  },
  'text-of-a-digest': {
    files: {
      '/people/picked.mdx': `---\nname: '${script}'\nrole: '${image}'\njoined: 2026-11-01\n---\n\n字\n`,
      '/digests/text.mdx': `---\ntitle: '${image}'\ndate: 2026-11-06\nweek: 2026-W45\n---\n\n<Day date="2026-11-02">\n<Pick who="picked" title="${asAttribute}">${escaped}</Pick>\n</Day>\n`,
    },
    refused: [],
  },
};
