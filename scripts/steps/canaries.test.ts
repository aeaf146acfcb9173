import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { project } from '../../src/markdown/projection.ts';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { listFiles } from '../lib/folder.ts';
import { composeFeeds } from './feeds.ts';
import { canary, files, findings, pages, type Before, type Patch } from './canaries-testing.ts';

// Each test leaks one canary, as a mistake in the step that protects this place would, and the audit has to report it.

/** The rendered content of one test serves all. */
const cache = mkdtempSync(join(tmpdir(), 'canaries-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const say = (text: string, file = 'index.html'): Patch => ({
  made: ({ write }) => write('public', file, text),
});
const mediaOf = ({ whole }: Before, entry: string, type: string) =>
  whole.media.find((file) => file.entries.includes(entry) && file.type === type)!;
const publish = (entry: string, type: string): Patch => ({
  site: (site, made) => {
    const { path, file } = mediaOf(made, entry, type);
    site.readable.set(path.slice(1), () => new Uint8Array(readFileSync(file)));
  },
});
/** The word 暗号本 in GBK, which Chinese programs write into tags marked as encoding 0. */
const gbk = Buffer.of(0, 0xb0, 0xb5, 0xba, 0xc5, 0xb1, 0xbe);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').toString('latin1');

test('nothing is found when nothing leaks', async () => {
  expect(await findings({}, cache)).toEqual([]);
});

const places: [place: string, patch: Patch, finding: RegExp][] = [
  ['a title', say(`<a>${canary.title}</a>`), /^index\.html: mentions notes\/closed\/index\.mdx: “暗号本”$/],
  ['a title in entities', say('<a>&#26263;&#x53f7;&#26412;</a>'), /^index\.html: mentions .*“暗号本”/],
  [
    'a title, percent-encoded',
    say(`<a href="?q=${encodeURIComponent(canary.title)}">`),
    /mentions .*“暗号本”/,
  ],
  [
    'a title with an ampersand',
    say('<a>Q&amp;A：前一百人怎么定价</a>'),
    /^index\.html: mentions notes\/asked\.mdx: “Q&A：前一百人怎么定价”$/,
  ],
  [
    'a title that tags divide',
    say('<p>本月：<b>深层</b>定价的<em class="x">全部</em>算法</p>'),
    /^index\.html: mentions notes\/higher\.mdx/,
  ],
  [
    'an English sentence whose words have tags',
    say(`<p>${canary.english.replaceAll(/\w+/g, '<b>$&</b>')}</p>`),
    /^index\.html: contains readable text of notes\/asked\.mdx/,
  ],
  [
    'a slug in an attribute',
    say(`<article data-entry="notes/${canary.slug}">`),
    /^index\.html: mentions notes\/closed.*: “\/notes\/2026-11-02-k3vq\/”$/,
  ],
  ['a slug outside its own address', say(`<a href="/notes/${canary.slug}/">`), /mentions .*k3vq\/”/],
  ['a summary', say(canary.summary), /^index\.html: contains readable text of notes\/closed/],
  ['a body', say(canary.body), /^index\.html: contains readable text of notes\/closed/],
  ['a quote', say(canary.quote), /^index\.html: contains readable text of notes\/closed/],
  ['an alt text', say(`<img alt="${canary.alt}">`), /^index\.html: mentions .*“钥匙架”/],
  [
    'the bytes of a picture',
    publish('notes/closed', 'image/webp'),
    /^media\/.*\.webp: is not public: it belongs to notes\/closed/,
  ],
  [
    'the tags of a picture',
    {
      made: async (made) => {
        const { path, file } = mediaOf(made, 'talks/open', 'image/webp');
        const tagged = sharp(file).withExif({ IFD0: { Artist: 'x' } });
        const bytes = await tagged.webp().toBuffer();
        for (const { content } of made.layers) {
          const media = content.media.find((one) => one.path === path);
          if (media) writeFileSync((media.file = `${file}.tagged`), bytes);
        }
      },
    },
    /^media\/.*\.webp: contains metadata besides the picture$/,
  ],
  [
    'the tags of a recording',
    { spoken: canary.body },
    /^media\/.*\.mp3: contains readable text of notes\/closed/,
  ],
  [
    'a title in the tags of a recording',
    { spoken: canary.higher },
    /^media\/.*\.mp3: mentions notes\/higher\.mdx/,
  ],
  [
    'a short title in the tags of a recording',
    { spoken: canary.title },
    /^media\/.*\.mp3: mentions notes\/closed.*“暗号本”/,
  ],
  [
    'a short title in tags without a byte order mark',
    { spoken: Buffer.concat([Buffer.of(2), Buffer.from(canary.title, 'utf16le').swap16()]) },
    /^media\/.*\.mp3: mentions notes\/closed.*“暗号本”/,
  ],
  ['a short title in tags in GBK', { spoken: gbk }, /^media\/.*\.mp3: mentions notes\/closed.*“暗号本”/],
  [
    'a short name in Latin letters in the tags of a recording',
    { spoken: `和${canary.latin}谈` },
    /^media\/.*\.mp3: mentions people\/kiki.*“Kiki”/,
  ],
  [
    'an attachment',
    publish('notes/closed', 'text/csv; charset=utf-8'),
    /^media\/.*\.csv: is not public: it belongs to notes\/closed/,
  ],
  [
    'the alt text of a picture below the line',
    say(`<img alt="${canary.below}">`),
    /^index\.html: mentions notes\/cut.*“水桶后面”$/,
  ],
  [
    'a comment in the tags of a recording',
    { comment: canary.title },
    /^media\/.*\.mp3: mentions notes\/closed.*“暗号本”/,
  ],
  [
    'a person with a name that is a word of our code',
    say(`<li>${canary.word}</li>`),
    /^index\.html: mentions people\/will.*“Will”$/,
  ],
  [
    'a person whose letters are in our code, across words',
    say(`<li>${canary.letters}</li>`),
    /^index\.html: mentions people\/andrea.*“Andrea”$/,
  ],
  [
    'a nickname of a person',
    say(`<li>${canary.alias}</li>`),
    /^index\.html: mentions people\/andrea.*“老阿德”$/,
  ],
  [
    'a topic with the name of a role that a public piece is for',
    say(`<li>${canary.role}</li>`),
    /^index\.html: mentions topics\.yaml: “小圈子”$/,
  ],
  [
    'the definition of a topic that strangers know by name',
    say(canary.definition),
    /^index\.html: contains readable text of topics\.yaml/,
  ],
  ['the summary of a series', say(canary.series), /^index\.html: contains readable text of series\.yaml/],
  ['what newcomers should read', say(canary.pick), /^index\.html: contains readable text of start\.yaml/],
  ['whom newcomers should ask', say(canary.contact), /^index\.html: contains readable text of start\.yaml/],
  ['a suggestion', say(canary.suggestion), /^index\.html: contains readable text of suggestions\.yaml/],
  [
    'the operator’s page for members',
    say('你不用从头补课：在你来之前讲过的、吵过的、拆过的，都在这里'),
    /^index\.html: contains readable text of src\/pages\/start\.mdx/,
  ],
  ['a person', say(`<span>${canary.person}</span>`), /^index\.html: mentions people\/gao.*“高明远”$/],
  [
    'a short name in Latin letters',
    say(`<p>请教${canary.latin}。</p>`),
    /^index\.html: mentions people\/kiki.*“Kiki”$/,
  ],
  [
    'a name in Han and Latin',
    say(`<li>${canary.mixed}</li>`),
    /^index\.html: mentions topics\.yaml: “GMV表”$/,
  ],
  ['a topic', say(`<li>${canary.topic}</li>`), /^index\.html: mentions topics\.yaml: “密谈”$/],
  [
    'the address of a topic',
    say('<a href="/topics/secret/">'),
    /mentions topics\.yaml: “\/topics\/secret\/”/,
  ],
  [
    'the front matter of a draft',
    say(canary.draft),
    /^index\.html: contains readable text of notes\/draft\.mdx/,
  ],
  [
    'the title of a draft, on a page of members',
    { made: ({ write }) => write('patrons', 'notes/index.html', '涨工资的事') },
    /^\/notes\/ \(patrons\): mentions notes\/draft\.mdx: “涨工资的事”$/,
  ],
  [
    'the search index',
    {
      made: ({ layers }) =>
        void layers[0]!.search.set('fragment/x.pf', gzipSync(`{"title":"${canary.title}"}`)),
    },
    /^pagefind\/public\/fragment\/x\.pf: mentions .*“暗号本”/,
  ],
  [
    'a search index of members, given to all',
    {
      site: (site) =>
        void site.readable.set('pagefind/members/catalog.json', () => new TextEncoder().encode('{}')),
    },
    /^pagefind\/members\/catalog\.json: is not part of the public index$/,
  ],
  [
    'the feed',
    {
      made: (made) => {
        const all = composeFeeds(made.whole, { site: 'https://kb.example', base: '' });
        made.feeds.set('feed.xml', all.get('feed.xml')!);
      },
    },
    /^feed\.xml: mentions .*“暗号本”/,
  ],
  [
    'a share image from below the line',
    { made: (made) => void made.layers[0]!.content.media.push(mediaOf(made, 'notes/closed', 'image/webp')) },
    /^media\/.*\.webp: is not public: it belongs to notes\/closed/,
  ],
  [
    'a picture of a higher tier, sealed for a lower one',
    { made: (made) => void made.layers[1]!.content.media.push(mediaOf(made, 'notes/vault', 'image/webp')) },
    /^\/media\/.*\.webp \(members\): is not for this tier: it belongs to notes\/vault$/,
  ],
  [
    'an attachment of a higher tier, sealed for a lower one',
    {
      made: (made) =>
        void made.layers[1]!.content.media.push(mediaOf(made, 'notes/vault', 'text/csv; charset=utf-8')),
    },
    /^\/media\/.*\.csv \(members\): is not for this tier: it belongs to notes\/vault$/,
  ],
  [
    'a source map',
    { made: ({ write }) => write('theme', 'a/page.js.map', '{}') },
    /^a\/page\.js\.map .*no rule says/,
  ],
  [
    'a source map in a script',
    { made: ({ write }) => write('theme', 'a/page.js', '\n//# sourceMappingURL=data:application/json,{}') },
    /^a\/page\.js: exposes the source of a script$/,
  ],
  ['the error page', say(canary.body, '404.html'), /^404\.html: contains readable text of notes\/closed/],
  [
    'a page of members’ in place of its door',
    {
      site: (site) => {
        const path = `notes/${canary.slug}/index.html`;
        site.readable.set(path, () => new TextEncoder().encode(pages.members[path]));
      },
    },
    /^notes\/.*: was not made by the run that had only public sources$/,
  ],
  [
    'a file that nobody made',
    { site: (site) => void site.readable.set('backup.tar', () => new Uint8Array(9)) },
    /^backup\.tar: was not made by the run/,
  ],
  [
    'a higher tier’s title on a page of a lower one',
    {
      made: ({ write }) =>
        write('members', 'notes/index.html', `<a>${canary.higher.replace('的', '<wbr>的')}</a>`),
    },
    /^\/notes\/ \(members\): mentions notes\/higher\.mdx/,
  ],
  [
    'a teased entry’s text',
    say('门里才有的一整段正文没有人能在门外读到它', 'door/breakdowns/told/index.html'),
    /^breakdowns\/told\/index\.html: contains readable text of breakdowns\/told/,
  ],
  [
    'a teased entry’s topic',
    say(canary.topic, 'door/breakdowns/told/index.html'),
    /^breakdowns\/told\/index\.html: mentions topics\.yaml/,
  ],
  [
    'a teaser’s title on another page',
    say('<a>门外看得到的标题</a>'),
    /^index\.html: mentions breakdowns\/told/,
  ],
  [
    'the door of a teaser, at another address too',
    say(pages.public['door/breakdowns/told/index.html'], 'talks/told/index.html'),
    /^talks\/told\/index\.html: mentions breakdowns\/told.*“门外看得到的标题”$/,
  ],
  [
    'a title in the name of a file',
    {
      made: ({ write, copied }) => {
        write('theme', `${canary.higher}.pdf`, '%PDF');
        mkdirSync(copied);
        writeFileSync(join(copied, `${canary.higher}.pdf`), '%PDF');
      },
    },
    /^深层定价的全部算法\.pdf: mentions notes\/higher\.mdx/,
  ],
  [
    'text in UTF-16',
    {
      site: (site) => {
        const bytes = Buffer.from(utf16(canary.higher), 'latin1');
        site.readable.set('404.html', () => new Uint8Array(bytes));
      },
    },
    /^404\.html: mentions notes\/higher\.mdx/,
  ],
];

test('short names raise no alarm in code, in longer words or in another case', async () => {
  const harmless = '<p class="kiki Kikimora">kiki</p><b>Kiki2</b>';
  expect(await findings(say(harmless), cache)).toEqual([]);
  const script: Patch = { made: ({ write }) => write('theme', 'a/page.js', 'const Kiki = 1;') };
  expect(await findings(script, cache)).toEqual([]);
});

test.each(places)('%s is caught', async (_, patch, finding) => {
  const found = await findings(patch, cache);
  expect(found).toContainEqual(expect.stringMatching(finding));
});

test('a cover is published with a teaser, and not without one', async () => {
  const path = 'breakdowns/told/index.mdx';
  const all = await files('公开的一讲');
  const published = async (told: string) => {
    const folder = tinyFolder({ ...all, [path]: told });
    const { folder: root, stubs } = project(
      'public',
      await folder.load({ cache }),
      folder.root,
      join(folder.around, 'public'),
    );
    const { media } = await folder.load({ cache, root, stubs });
    return { files: listFiles(root), entries: new Set(media.flatMap(({ entries }) => entries)) };
  };
  const told = await published(all[path]);
  expect(told.files).toContain('breakdowns/told/cover.png');
  expect(told.entries).toEqual(new Set(['breakdowns/told', 'talks/open']));
  const untold = await published(all[path].replace('teaser: true\n', ''));
  expect(untold.files).not.toContain('breakdowns/told/cover.png');
  expect(untold.entries).toEqual(new Set(['talks/open']));
});
