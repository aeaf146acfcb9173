import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { project } from '../../src/markdown/projection.ts';
import { noteText, tinyFolder } from '../../src/markdown/testing.ts';
import { parseSecret } from '../../src/vault/index.ts';
import { listFiles } from '../lib/folder.ts';
import { parseMembers } from '../lib/members.ts';
import { resolveMembership } from '../lib/membership.ts';
import { Proven } from '../lib/proven.ts';
import type { Layer, Site } from '../lib/site.ts';
import { auditSite } from './audit.ts';
import { collectSite, type Made } from './collect.ts';
import { composeFeeds } from './feeds.ts';
import { sealSite } from './seal.ts';

// A canary in each place that a leak can come from. A test lets one out, as a mistake in the step that keeps just this
// place closed would, and the audit has to name it. Pages are written here as the rendering runs would write them.

/** What was rendered for one test serves all. */
const cache = mkdtempSync(join(tmpdir(), 'canaries-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const secret = parseSecret('7e57'.repeat(16));
const date = '2026-11-22';

/** What only members read, and where it stands. */
const canary = {
  title: '暗号本',
  slug: '2026-11-02-k3vq',
  summary: '摘要里写着接头的地方在城南老茶馆二楼靠窗',
  body: '仓库后门的第三把钥匙只在每月十五号交给值班店长保管',
  quote: '金句是先把最贵的那一档定出来其余的价格自己排好队',
  alt: '钥匙架',
  attachment: '序号,挂钩\n1,三号仓库的备用钥匙挂在门后第二个挂钩上\n',
  person: '高明远',
  latin: 'Kiki',
  mixed: 'GMV表',
  topic: '密谈',
  draft: '没写完的那一篇讲的是怎么给店长涨工资而不让人知道',
  higher: '深层定价的全部算法',
};

const person = (name: string) => `---\nname: ${name}\nrole: 店长\njoined: 2026-01-01\n---\n介绍。\n`;
const png = (color: string) =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();

/** Frames of an MP3 that are silent enough, behind a tag that says something in UTF-16. */
const recording = (title: string | Buffer) => {
  const text =
    typeof title === 'string'
      ? Buffer.concat([Buffer.of(1, 0xff, 0xfe), Buffer.from(title, 'utf16le')])
      : title;
  const frame = Buffer.concat([Buffer.from('TIT2'), Buffer.of(0, 0, 0, text.length, 0, 0), text]);
  const sound = Buffer.alloc(418);
  sound.set([0xff, 0xfb, 0x90, 0xc4]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.of(3, 0, 0, 0, 0, 0, frame.length), frame, sound, sound]);
};

const files = async (spoken: string | Buffer) => ({
  'tiers.yaml': 'patrons: { name: 深度会员 }\n',
  'topics.yaml': `secret: { name: ${canary.topic}, aliases: [${canary.mixed}], definition: 只给会员的话题 }\nopen: { name: 公开的话题, definition: 公开 }\n`,
  'people/gao.mdx': person(canary.person),
  'people/kiki.mdx': person(canary.latin),
  'people/lin.mdx': person('林一'),
  'talks/open/index.mdx': `---\ntitle: 公开的一讲\ndate: 2026-11-01\nspeakers: [lin]\ntopics: [open]\naudio: ./a.mp3\nduration: 1:00\naccess: public\n---\n谁都能听。\n\n![红](./red.png)\n`,
  'talks/open/a.mp3': recording(spoken),
  'talks/open/red.png': await png('red'),
  'notes/closed/index.mdx': `---\ntitle: ${canary.title}\ndate: 2026-11-01\nslug: ${canary.slug}\nsummary: ${canary.summary}\ntopics: [secret]\n---\n${canary.body}。\n\n<Quote who="gao">${canary.quote}</Quote>\n\n![${canary.alt}](./rack.png)\n\n<Attachment src="./list.csv" title="清单" />\n`,
  'notes/closed/rack.png': await png('blue'),
  'notes/closed/list.csv': canary.attachment,
  'notes/higher.mdx': noteText('只给深度会员。', 'tier: patrons\n').replace('一则', canary.higher),
  'notes/draft.mdx': noteText('正文。', `draft: true\nsummary: ${canary.draft}\n`).replace(
    '一则',
    '涨工资的事',
  ),
  'breakdowns/told/index.mdx': `---\ntitle: 门外看得到的标题\ndate: 2026-11-01\nslug: told\nsummary: 门外看得到的一句摘要\ntopics: [secret]\nteaser: true\nwork: { kind: book, title: 书名号里的书名, authors: [作者], publisher: 社, year: 2020, cover: ./cover.png }\nfor: 读者\n---\n门里才有的一整段正文没有人能在门外读到它\n`,
  'breakdowns/told/cover.png': await png('green'),
});

const pages = {
  public: {
    'index.html': '<h1>首页</h1><a href="/talks/open/">公开的一讲</a>',
    '404.html': '<p>没有这一页</p>',
    'talks/open/index.html': '<h1>公开的一讲</h1><p>林一：谁都能听。</p>',
    'door/index.html': '<form data-door></form>',
    'door/breakdowns/told/index.html': '<h1>门外看得到的<wbr>标题</h1><p>门外看得到的一句摘要</p>',
  },
  members: {
    [`notes/${canary.slug}/index.html`]: `<h1>${canary.title}</h1><p>${canary.body}</p>`,
    'breakdowns/told/index.html': '<h1>门外看得到的标题</h1>',
    'notes/index.html': `<a>${canary.title}</a>`,
  },
  patrons: {
    'notes/higher/index.html': `<h1>${canary.higher}</h1>`,
    'notes/index.html': `<a>${canary.title}</a><a>${canary.higher}</a>`,
  },
};

const theme = { 'a/page.js': 'customElements.define("x-y", class {})' };

/** All that the steps before `collect` make, which a patch may spoil; and the folder of everything. */
interface Before extends Made {
  whole: Content;
  /** Adds to a page of a layer, or makes it. */
  write: (layer: keyof typeof pages | 'theme', file: string, text: string) => void;
}

interface Patch {
  spoken?: string | Buffer;
  /** Before it is decided what is readable. */
  made?: (made: Before) => void | Promise<void>;
  /** After that. */
  site?: (site: Site, made: Before) => void;
}

/** What the build's last steps say of a site that a mistake has spoilt. */
async function findings({
  spoken = '公开的一讲',
  made: spoilMade,
  site: spoilSite,
}: Patch): Promise<string[]> {
  const folder = tinyFolder(await files(spoken));
  const whole = await folder.load({ cache });
  expect(whole.findings.filter(({ level }) => level === 'error')).toEqual([]);
  const at = (layer: string, file = '') => join(folder.around, 'pages', layer, file);
  const write: Before['write'] = (layer, file, text) => {
    mkdirSync(dirname(at(layer, file)), { recursive: true });
    writeFileSync(at(layer, file), text, { flag: 'a' });
  };
  for (const [file, text] of Object.entries(theme)) write('theme', file, text);
  const layers: Layer[] = [];
  for (const audience of ['public', 'members', 'patrons'] as const) {
    for (const [file, html] of Object.entries(pages[audience])) write(audience, file, html);
    const part = project(audience, whole, folder.root, join(folder.around, audience));
    const content =
      audience === 'patrons' ? whole : await folder.load({ cache, root: part.folder, stubs: part.stubs });
    layers.push({ audience, content, pages: at(audience), search: new Map() });
  }
  const feeds = composeFeeds(layers[0]!.content, { site: 'https://kb.example', base: '' });
  const made: Before = {
    layers,
    worker: 'addEventListener("fetch", () => {})',
    feeds,
    theme: at('theme'),
    copied: '',
    whole,
    write,
  };
  await spoilMade?.(made);
  const membership = resolveMembership(
    parseMembers('- id: anna\n  tier: patrons\n- id: ben\n', 'members.yaml').members,
    [],
    date,
    ['members', 'patrons'],
  );
  const staging = join(folder.around, 'dist');
  try {
    const site = collectSite(made);
    spoilSite?.(site, made);
    await sealSite(site, membership, secret, { date, number: 1 }, staging);
    await auditSite(staging, {
      site,
      membership,
      secret,
      layers,
      theme: made.theme,
      folder: folder.root,
      proven: new Proven(folder.root),
    });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replaceAll(`${folder.root}/`, ''));
  }
}

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
/** The word 暗号本 as encoding 0 of tags has it in China: GBK. */
const gbk = Buffer.of(0, 0xb0, 0xb5, 0xba, 0xc5, 0xb1, 0xbe);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').toString('latin1');

test('nothing is found where nothing is let out', async () => {
  expect(await findings({})).toEqual([]);
});

const places: [place: string, patch: Patch, finding: RegExp][] = [
  ['a title', say(`<a>${canary.title}</a>`), /^index\.html: names notes\/closed\/index\.mdx: “暗号本”$/],
  ['a title in entities', say('<a>&#26263;&#x53f7;&#26412;</a>'), /^index\.html: names .*“暗号本”/],
  ['a title, percent-encoded', say(`<a href="?q=${encodeURIComponent(canary.title)}">`), /names .*“暗号本”/],
  ['a slug outside its own address', say(`<a href="/notes/${canary.slug}/">`), /names .*k3vq\/”/],
  ['a summary', say(canary.summary), /^index\.html: readable text of notes\/closed/],
  ['a body', say(canary.body), /^index\.html: readable text of notes\/closed/],
  ['a quote', say(canary.quote), /^index\.html: readable text of notes\/closed/],
  ['an alt text', say(`<img alt="${canary.alt}">`), /^index\.html: names .*“钥匙架”/],
  [
    'the bytes of a picture',
    publish('notes/closed', 'image/webp'),
    /^media\/.*\.webp: belongs to notes\/closed/,
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
    /^media\/.*\.webp: has tags beside the picture$/,
  ],
  ['the tags of a recording', { spoken: canary.body }, /^media\/.*\.mp3: readable text of notes\/closed/],
  [
    'a title in the tags of a recording',
    { spoken: canary.higher },
    /^media\/.*\.mp3: names notes\/higher\.mdx/,
  ],
  [
    'a short title in the tags of a recording',
    { spoken: canary.title },
    /^media\/.*\.mp3: names notes\/closed.*“暗号本”/,
  ],
  [
    'a short title in tags without a byte order mark',
    { spoken: Buffer.concat([Buffer.of(2), Buffer.from(canary.title, 'utf16le').swap16()]) },
    /^media\/.*\.mp3: names notes\/closed.*“暗号本”/,
  ],
  ['a short title in tags in GBK', { spoken: gbk }, /^media\/.*\.mp3: names notes\/closed.*“暗号本”/],
  [
    'a short name in Latin letters in the tags of a recording',
    { spoken: `和${canary.latin}谈` },
    /^media\/.*\.mp3: names people\/kiki.*“Kiki”/,
  ],
  ['an attachment', publish('notes/closed', 'text/csv'), /^media\/.*\.csv: belongs to notes\/closed/],
  ['a person', say(`<span>${canary.person}</span>`), /^index\.html: names people\/gao.*“高明远”$/],
  [
    'a short name in Latin letters',
    say(`<p>请教${canary.latin}。</p>`),
    /^index\.html: names people\/kiki.*“Kiki”$/,
  ],
  ['a name in Han and Latin', say(`<li>${canary.mixed}</li>`), /^index\.html: names topics\.yaml: “GMV表”$/],
  ['a topic', say(`<li>${canary.topic}</li>`), /^index\.html: names topics\.yaml: “密谈”$/],
  ['the address of a topic', say('<a href="/topics/secret/">'), /names topics\.yaml: “\/topics\/secret\/”/],
  ['the front matter of a draft', say(canary.draft), /^index\.html: readable text of notes\/draft\.mdx/],
  [
    'the title of a draft, on a page of members',
    { made: ({ write }) => write('patrons', 'notes/index.html', '涨工资的事') },
    /^\/notes\/ \(patrons\): names notes\/draft\.mdx: “涨工资的事”$/,
  ],
  [
    'the search index',
    {
      made: ({ layers }) =>
        void layers[0]!.search.set('fragment/x.pf', gzipSync(`{"title":"${canary.title}"}`)),
    },
    /^pagefind\/public\/fragment\/x\.pf: names .*“暗号本”/,
  ],
  [
    'a search index of members, given to all',
    {
      site: (site) =>
        void site.readable.set('pagefind/members/catalog.json', () => new TextEncoder().encode('{}')),
    },
    /^pagefind\/members\/catalog\.json: is not of the public index$/,
  ],
  [
    'the feed',
    {
      made: (made) => {
        const all = composeFeeds(made.whole, { site: 'https://kb.example', base: '' });
        made.feeds.set('feed.xml', all.get('feed.xml')!);
      },
    },
    /^feed\.xml: names .*“暗号本”/,
  ],
  [
    'a share image from below the line',
    { made: (made) => void made.layers[0]!.content.media.push(mediaOf(made, 'notes/closed', 'image/webp')) },
    /^media\/.*\.webp: belongs to notes\/closed/,
  ],
  [
    'a source map',
    { made: ({ write }) => write('theme', 'a/page.js.map', '{}') },
    /^a\/page\.js\.map .*nobody has said/,
  ],
  [
    'a source map in a script',
    { made: ({ write }) => write('theme', 'a/page.js', '\n//# sourceMappingURL=data:application/json,{}') },
    /^a\/page\.js: gives the source of a script$/,
  ],
  ['the error page', say(canary.body, '404.html'), /^404\.html: readable text of notes\/closed/],
  [
    'a page of members’ in place of its door',
    {
      site: (site) => {
        const path = `notes/${canary.slug}/index.html`;
        site.readable.set(path, () => new TextEncoder().encode(pages.members[path]));
      },
    },
    /^notes\/.*: was not made by the run that had public sources only$/,
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
    /^\/notes\/ \(members\): names notes\/higher\.mdx/,
  ],
  [
    'a teased entry’s text',
    say('门里才有的一整段正文没有人能在门外读到它', 'door/breakdowns/told/index.html'),
    /^breakdowns\/told\/index\.html: readable text of breakdowns\/told/,
  ],
  [
    'a teased entry’s topic',
    say(canary.topic, 'door/breakdowns/told/index.html'),
    /^breakdowns\/told\/index\.html: names topics\.yaml/,
  ],
  [
    'a teaser’s title on another page',
    say('<a>门外看得到的标题</a>'),
    /^index\.html: names breakdowns\/told/,
  ],
  [
    'text in UTF-16',
    {
      site: (site) => {
        const bytes = Buffer.from(utf16(canary.higher), 'latin1');
        site.readable.set('404.html', () => new Uint8Array(bytes));
      },
    },
    /^404\.html: names notes\/higher\.mdx/,
  ],
];

test('short names are no alarm in code, in longer words or in other letters', async () => {
  const harmless = '<p class="kiki Kikimora">kiki</p><b>Kiki2</b>';
  expect(await findings(say(harmless))).toEqual([]);
  const script: Patch = { made: ({ write }) => write('theme', 'a/page.js', 'const Kiki = 1;') };
  expect(await findings(script)).toEqual([]);
});

test.each(places)('%s is caught', async (_, patch, finding) => {
  const found = await findings(patch);
  expect(found).toContainEqual(expect.stringMatching(finding));
});

test('a cover is published with a teaser and without it is not', async () => {
  const folder = tinyFolder(await files('公开的一讲'));
  const whole = await folder.load();
  const { folder: root, stubs } = project('public', whole, folder.root, join(folder.around, 'public'));
  expect(listFiles(root)).toContain('breakdowns/told/cover.png');
  const { media } = await folder.load({ root, stubs });
  expect(media.map(({ entries }) => entries.join())).toEqual(
    expect.arrayContaining(['breakdowns/told', 'talks/open']),
  );
});
