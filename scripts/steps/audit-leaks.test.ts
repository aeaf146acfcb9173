import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { texts } from '../../src/i18n/index.ts';
import { site as community } from '../../src/site.ts';
import { projectRoot } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';
import {
  content,
  findings,
  missing,
  readableOf,
  rightly,
  sentence,
  siteOf,
  tiersFile,
  title,
} from './tiers-testing.ts';

test('a higher tier’s title on a page of a lower one stops the build', async () => {
  const members = { ...rightly.members, '/notes/': `<a>一则</a><a>${title.replace('的', '<wbr>的')}</a>` };
  expect(await findings(siteOf({ ...rightly, members }), await content())).toEqual([
    `/notes/ (members): mentions notes/b.mdx: “${title}”`,
    'audit: nothing was published',
  ]);
});

test('a higher tier’s text on a page of a lower one stops the build', async () => {
  const members = { ...rightly.members, '/notes/a/': `<p>会员读的。${sentence}</p>` };
  expect(await findings(siteOf({ ...rightly, members }), await content())).toEqual([
    `/notes/a/ (members): contains readable text of notes/b.mdx: “${sentence.slice(0, 12)}”`,
    'audit: nothing was published',
  ]);
});

describe('words that the site’s own texts have too', () => {
  const startPage = readFileSync(join(projectRoot, 'src/pages/start.mdx'), 'utf8');
  const fromStart = /[\p{Script=Han}，、]{14,}/u.exec(startPage)![0];
  const quoting = (words: string, tier = '') =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteOf({ more: tier, body: `群里说：${words}` }),
    }).load();

  test('may be in a piece, because a page that shows them does not quote the piece', async () => {
    const { description } = community;
    const members = { '/notes/b/': `<p>群里说：${description}</p>` };
    const site = { ...siteOf({ members }), readable: readableOf(`<p>${description}</p>`) };
    expect(await findings(site, await quoting(description))).toEqual([]);
  });

  test('may be in a piece of a higher tier, if they are on a page for all members', async () => {
    const members = { '/start/': `<p>${fromStart}</p>` };
    const patrons = { '/notes/b/': `<p>群里说：${fromStart}</p>` };
    const whole = await quoting(fromStart, 'tier: patrons\n');
    expect(await findings(siteOf({ members, patrons }), whole)).toEqual([]);
  });

  test('stop the build where strangers read them, if only members may read that page', async () => {
    const members = { '/notes/b/': `<p>群里说：${fromStart}</p>` };
    const site = { ...siteOf({ members }), readable: readableOf(`<p>${fromStart}</p>`) };
    const [finding] = await findings(site, await quoting(fromStart));
    expect(finding).toMatch(/^404\.html: contains readable text of notes\/b\.mdx/);
  });
});

test('a title on a door may be in a public piece that names it and links to it', async () => {
  const told = '门外看得到的标题';
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteOf({ more: 'access: public\n', body: `见[${told}](b.mdx)。` }),
    'notes/b.mdx': noteOf({ title: told, more: 'teaser: true\n', body: '会员读的。' }),
  }).load();
  const site = siteOf({ members: { '/notes/b/': `<h1>${told}</h1><p>会员读的。</p>` } });
  const readable = readableOf(`<p>见<a href="/notes/b/">${told}</a>。</p>`);
  expect(await findings({ ...site, readable }, whole)).toEqual([]);
});

test('a door may tell the title of its piece if another piece for members has the same one', async () => {
  const told = '每周的答疑记录';
  const of = (more: string) => noteOf({ title: told, more, body: '会员读的。' });
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': of('teaser: true\nslug: told\n'),
    'notes/b.mdx': of('slug: untold\n'),
  }).load();
  const page = new TextEncoder().encode(`<h1>${told}</h1>`);
  const members = { '/notes/told/': `<h1>${told}</h1>`, '/notes/untold/': `<h1>${told}</h1>` };
  const at = (path: string): Site => ({
    ...siteOf({ members }),
    readable: new Map([...readableOf(missing), [path, () => page]]),
  });
  expect(await findings(at('notes/told/index.html'), whole)).toEqual([]);
  expect(await findings(at('notes/untold/index.html'), whole)).toContain(
    `notes/untold/index.html: mentions notes/b.mdx: “${told}”`,
  );
});

test('a public phrase before words of our own is no quotation of a piece where it goes on alike', async () => {
  const phrase = '计算机程序的构造和解释';
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteOf({ more: 'access: public\n', body: `读《${phrase}》。` }),
    'notes/b.mdx': noteOf({ body: `我读《${phrase}》，这一篇一共六个章节。` }),
  }).load();
  const sealed = `<p>我读《${phrase}》，这一篇一共六个章节。</p>`;
  const site = siteOf({ members: { '/notes/b/': sealed } });
  const door = (own: string) => ({ ...site, readable: readableOf(`<p>读《${phrase}》</p><p>${own}</p>`) });
  expect(await findings(door('这篇给成员看'), whole)).toEqual([]);
  expect(await findings(door('这一篇一共六个章节'), whole)).toEqual([
    '404.html: contains readable text of notes/b.mdx: “的构造和解释这一篇一共六”',
    'audit: nothing was published',
  ]);
});

describe('public texts one after another', () => {
  const told = '怎么让沉默的群活跃';
  const { name } = texts.forms.discussions;
  const whole = (more: string) =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/a.mdx': noteOf({ title: told, more: 'access: public\n', body: '要点在这里。' }),
      'notes/b.mdx': noteOf({ body: `见${name}[${told}](a.mdx)${more}。` }),
    }).load();
  const site = (page: string): Site => ({
    ...siteOf({ members: { '/notes/b/': '<p>会员读的。</p>' } }),
    readable: readableOf(page),
  });
  const card = `<li>${name}</li><li>${told.slice(0, 8)}`;

  test('are no quotation of a piece that has them in this order', async () => {
    expect(await findings(site(`${card}${told.slice(8)}</li>`), await whole('起来'))).toEqual([]);
  });

  test('stop the build together with other words of the piece', async () => {
    const page = `${card}${told.slice(8)}的第一个月不发红包</li>`;
    expect(await findings(site(page), await whole('的第一个月不发红包'))).toEqual([
      '404.html: contains readable text of notes/b.mdx: “题怎么让沉默的群活跃的第”',
      'audit: nothing was published',
    ]);
  });
});

describe('a short Latin name of a person for members', () => {
  const whole = (text: string) =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'people/rose.mdx': personOf('Rose', 'slug: 2026-01-01-k3vq\n'),
      'digests/a.mdx': `---\ntitle: 一周\ndate: 2026-01-16\nweek: 2026-W03\naccess: public\n---\n\n<Day date="2026-01-12">\n\n${text}\n\n</Day>\n`,
    }).load();
  const page = '<p>Rose</p><p>Notion 好用。</p>';
  const site = { ...siteOf({ members: {} }), readable: readableOf(page) };

  test('may be on a page where she speaks, whatever follows her name', async () => {
    const said = '<Pick who="rose" title="工具">\n\nNotion 好用。\n\n</Pick>';
    expect(await findings(site, await whole(said))).toEqual([]);
  });

  test('stops the build elsewhere', async () => {
    expect(await findings(site, await whole('RoseNotion'))).toContain(
      '404.html: mentions people/rose: “Rose”',
    );
  });
});

test('a short title may be in a public piece without its punctuation', async () => {
  const withPiece = (text: string) =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/a.mdx': noteOf({ more: 'access: public\n', body: text }),
      'notes/b.mdx': noteOf({ title: '读《疯传》', body: '会员读的。' }),
    }).load();
  const site = { ...siteOf({ members: {} }), readable: readableOf('<p>看<a>读疯传</a></p>') };
  expect(await findings(site, await withPiece('看读疯传。'))).toEqual([]);
  expect(await findings(site, await withPiece('看疯传。'))).toEqual([
    '404.html: mentions notes/b.mdx: “读《疯传》”',
    'audit: nothing was published',
  ]);
});

describe.each(['SOP 流程', '读《疯传》', 'Q&A：定价'])('the short title “%s”, of two words,', (told) => {
  const whole = () =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteOf({ title: `"${told}"`, body: '会员读的。' }),
    }).load();
  const site = (page: string): Site => ({
    ...siteOf({ members: { '/notes/b/': '<p>会员读的。</p>' } }),
    readable: readableOf(page),
  });

  test.each([
    (title: string) => `<a>${title}</a>`,
    (title: string) => `<a>“${title.replace('&', '&amp;')}”</a>`,
  ])('stops the build %#', async (page) => {
    expect(await findings(site(page(told)), await whole())).toEqual([
      `404.html: mentions notes/b.mdx: “${told}”`,
      'audit: nothing was published',
    ]);
  });

  test('is not found in its words apart, or within others', async () => {
    const [first, second] = told.split(/[ 《：]/);
    const page = `<li>${first}</li><li>${second}</li><p>${first}、${second}</p><p>再${told.replace('》', '')}者</p>`;
    expect(await findings(site(page), await whole())).toEqual([]);
  });
});

test('two topics beside each other in a list of data are no title', async () => {
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/b.mdx': noteOf({ title: '用户增长社群', body: '会员读的。' }),
  }).load();
  const site = siteOf({ members: { '/notes/b/': '<h1>用户增长社群</h1>' } });
  const data = (topics: string[]): Site => ({
    ...site,
    readable: new Map([
      ...readableOf(missing),
      ['a/catalog.json', () => new TextEncoder().encode(JSON.stringify({ topics }))],
    ]),
  });
  expect(await findings(data(['用户增长', '社群']), whole)).toEqual([]);
  expect(await findings(data(['社群', '用户增长社群']), whole)).toEqual([
    'a/catalog.json: mentions notes/b.mdx: “用户增长社群”',
    'audit: nothing was published',
  ]);
});

describe('a long address of a piece for members', () => {
  const slug = 'how-to-write-the-rules-of-a-group';
  const site = (html: string): Site => ({
    ...siteOf({ members: { [`/notes/${slug}/`]: '<h1>一则</h1>' } }),
    readable: new Map([
      ['404.html', () => new TextEncoder().encode(missing)],
      [`notes/${slug}/index.html`, () => new TextEncoder().encode(html)],
    ]),
  });
  const piece = (more: string) =>
    noteOf({ title: '三行公告', more: `slug: ${slug}\n${more}`, body: '会员读的。' });
  const tags = `<meta property="og:url" content="https://kb.example/notes/${slug}/" />`;
  const link = `<p>见<a href="/notes/${slug}/">这里</a>。</p>`;

  test('may be on its own door, with a teaser', async () => {
    const whole = tinyFolder({ 'tiers.yaml': tiersFile, 'notes/b.mdx': piece('teaser: true\n') });
    expect(await findings(site(tags), await whole.load())).toEqual([]);
  });

  test('may be in a public piece that links to it', async () => {
    const open = noteOf({ more: 'access: public\n', body: '见[这里](b.mdx)。' });
    const whole = tinyFolder({ 'tiers.yaml': tiersFile, 'notes/a.mdx': open, 'notes/b.mdx': piece('') });
    expect(await findings(site(link), await whole.load())).toEqual([]);
  });

  test('stops the build elsewhere', async () => {
    const whole = tinyFolder({ 'tiers.yaml': tiersFile, 'notes/b.mdx': piece('') });
    expect(await findings(site(link), await whole.load())).toContain(
      `notes/${slug}/index.html: mentions notes/b.mdx: “/notes/${slug}/”`,
    );
  });
});

test('a public title may stand before the text below it, as in a piece that links to it', async () => {
  const told = '第二讲头一个月的节奏';
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteOf({ title: told, more: 'access: public\n', body: '要点在这里。' }),
    'notes/b.mdx': noteOf({ body: `接着读[${told}](a.mdx)\n\n要点又是别的。` }),
  }).load();
  const site = siteOf({ members: { '/notes/b/': `<p>接着读${told}</p><p>要点又是别的。</p>` } });
  const readable = readableOf(`<h1>${told}</h1><p>要点在这里。</p>`);
  expect(await findings({ ...site, readable }, whole)).toEqual([]);
});

test('the marks that the compiler puts on elements are no words of a title', async () => {
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/b.mdx': noteOf({ title: 'People data', body: '会员读的。' }),
  }).load();
  const site = siteOf({ members: { '/notes/b/': '<h1>People data</h1>' } });
  const link = '<a href="/people/" data-astro-cid-v3lsk6py>People</a>';
  expect(await findings({ ...site, readable: readableOf(link) }, whole)).toEqual([]);
  expect(await findings({ ...site, readable: readableOf(`${link}<h1>People data</h1>`) }, whole)).toEqual([
    '404.html: mentions notes/b.mdx: “People data”',
    'audit: nothing was published',
  ]);
});

describe('a title that is also a word in the code of a package', () => {
  const whole = () =>
    tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteOf({ title: 'Gestures', body: '会员读的。' }),
    }).load();
  const script = 'a/viewer.js';
  const withFiles = (door: string, code: string): Site => ({
    ...siteOf({ members: { '/notes/b/': '<h1>Gestures</h1>' } }),
    readable: new Map([...readableOf(door), [script, () => new TextEncoder().encode(code)]]),
  });
  const codeOf = (word: string) => `this.${word}=new i(this)`;

  test('may be in a script', async () => {
    expect(await findings(withFiles(missing, codeOf('gestures')), await whole())).toEqual([]);
  });

  test('stops the build on a page', async () => {
    const site = withFiles('<p>Gestures</p>', codeOf('gestures'));
    expect(await findings(site, await whole())).toEqual([
      '404.html: mentions notes/b.mdx: “Gestures”',
      'audit: nothing was published',
    ]);
  });

  test('stops the build in a script if packages have its letters only across their words', async () => {
    const other = tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteOf({ title: 'Andres', body: '会员读的。' }),
    });
    expect(await findings(withFiles(missing, 'const titles=["Andres"]'), await other.load())).toEqual([
      `${script}: mentions notes/b.mdx: “Andres”`,
      'audit: nothing was published',
    ]);
  });

  test('stops the build in a script if no package says it', async () => {
    const other = tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteOf({ title: 'Quarterly plan', body: '会员读的。' }),
    });
    const site = withFiles(missing, 'const titles=["Quarterly plan"]');
    expect(await findings(site, await other.load())).toEqual([
      `${script}: mentions notes/b.mdx: “Quarterly plan”`,
      'audit: nothing was published',
    ]);
  });
});

describe('a draft', () => {
  const withDraft = async (html: string, files: Record<string, string>, text: string, more = '') => {
    const whole = await tinyFolder({
      'notes/a.mdx': noteOf({ body: '会员读的。' }),
      'tiers.yaml': tiersFile,
      ...files,
    }).load();
    const members = { '/notes/a/': `<p>会员读的。</p>${html}` };
    const draft = noteOf({ title: '没写完的', more: `draft: true\n${more}`, body: text });
    return findings(siteOf({ members }), whole, undefined, undefined, {
      'breakdowns/draft.mdx': draft,
    });
  };

  test.each([
    ['(https://example.org/reading/rules-of-a-group)', 'https://example.org/reading/rules-of-a-group'],
    ['(<https://example.org/reading/rules-of-a-group> "页")', 'https://example.org/reading/rules-of-a-group'],
    ['(../notes/how-to-write-the-rules-of-a-group.mdx)', '/notes/how-to-write-the-rules-of-a-group/'],
    ['(how-to-write-the-rules-of-a-group/index.mdx#rules)', '/notes/how-to-write-the-rules-of-a-group/'],
    ['(a.mdx#how-to-write-the-rules-of-a-group)', '#how-to-write-the-rules-of-a-group'],
  ])('may link to what others link to, with %s', async (target, address) => {
    expect(await withDraft(`<a href="${address}">这里</a>`, {}, `看[这里]${target}。`)).toEqual([]);
  });

  test.each(['', '  state: done\n  entry: breakdowns/draft\n'])(
    'may be about a work that members suggested%s',
    async (more) => {
      const authors = 'authors: [Barbara Oakley, Terrence Sejnowski]';
      const suggestion = `- title: 学会如何学习\n  kind: course\n  ${authors}\n  by: lin\n  why: 想学。\n  date: 2026-01-13\n${more}`;
      const files = { 'suggestions.yaml': suggestion, 'people/lin.mdx': personOf('林') };
      const html = '<li>Barbara Oakley、Terrence Sejnowski</li>';
      expect(await withDraft(html, files, '正文。', `summary: 书\n${authors}\n`)).toEqual([]);
    },
  );

  test('says nothing in the comments of its front matter, or with the ids in it', async () => {
    const more =
      '# role: 讲哪类运营：user、content、event、community、product、growth，几类写成 [user, content]\nrole: [user, content, event, community, product, growth]\n';
    const html = '<li data-role="user content event community product growth">适合所有人</li>';
    expect(await withDraft(html, {}, '正文。', more)).toEqual([]);
  });

  test('stops the build when a text of its front matter is published', async () => {
    const [finding] = await withDraft(`<p>${sentence}</p>`, {}, '正文。', `summary: ${sentence}\n`);
    expect(finding).toMatch(/^\/notes\/a\/ \(members\): contains readable text of breakdowns\/draft\.mdx/);
  });

  test.each(['[这里](a.mdx)，', 'https://example.org/', '见 a.mdx#rules'])(
    'stops the build when its own text is published, even behind %s',
    async (before) => {
      const [finding] = await withDraft(`<p>${sentence}</p>`, {}, `${before}${sentence}。`);
      expect(finding).toMatch(/^\/notes\/a\/ \(members\): contains readable text of breakdowns\/draft\.mdx/);
    },
  );
});

test('a long name of a person of a higher tier may be on a page whose entry names them', async () => {
  const name = '阿卜杜热合曼·买买提吐尔逊·阿布都热依木江';
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteOf({ more: 'people: { author: long }\n', body: '会员读的。' }),
    'people/long.mdx': personOf(name, 'tier: patrons\n'),
  }).load();
  const members = { '/notes/a/': `<p>会员读的。</p><p>${name}</p>` };
  const patrons = { '/people/long/': `<h1>${name}</h1><p>介绍。</p>` };
  expect(await findings(siteOf({ members, patrons }), whole)).toEqual([]);
});
