import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { noteText, personText, tinyFolder } from '../../src/markdown/testing.ts';
import { site as community } from '../../src/site.ts';
import { deriveTierKeys, epochOf, issueToken, objectAddress, parseSecret } from '../../src/vault/index.ts';
import type { Content } from '../../src/markdown/content.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { testSecret, writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listFiles } from '../lib/folder.ts';
import { contentKey, Proven } from '../lib/proven.ts';
import { projectRoot } from '../lib/settings.ts';
import type { Layer, SealedSource, Site } from '../lib/site.ts';
import { auditSite } from './audit.ts';
import { sealSite } from './seal.ts';

const secret = parseSecret(testSecret);
const title = '只给深度会员的定价算法';
const sentence = '仓库后门的第三把钥匙只在每月十五号交给值班店长保管';
const date = '2026-11-22';
const missing = '<p>没有</p>';

const tiersFile = 'patrons: { name: 深度会员 }\n';

const content = () =>
  tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteText('会员读的。'),
    'notes/b.mdx': noteText(`${sentence}。`, 'tier: patrons\n').replace('一则', title),
  }).load();

const settings = { date, number: 1 };
const membership = membershipOf('- id: anna\n  tier: patrons\n- id: ben\n');

const page = (html: string): SealedSource => ({
  type: 'text/html',
  kind: 'object',
  read: () => new TextEncoder().encode(`<!doctype html><html lang="zh">${html}</html>`),
});

const tier = (pages: Record<string, string>) =>
  new Map(Object.entries(pages).map(([path, html]) => [path, page(html)]));

const rightly = {
  members: { '/notes/': '<a>一则</a>', '/notes/a/': '<p>会员读的。</p>' },
  patrons: { '/notes/': `<a>一则</a><a>${title}</a>`, '/notes/b/': `<h1>${title}</h1><p>${sentence}</p>` },
};

function siteOf({
  members,
  patrons,
}: {
  members: Record<string, string>;
  patrons: Record<string, string>;
}): Site {
  return {
    readable: readableOf(missing),
    sealed: new Map([
      ['members', tier(members)],
      ['patrons', tier(patrons)],
    ]),
  };
}

const readableOf = (html: string): Site['readable'] =>
  new Map([['404.html', () => new TextEncoder().encode(html)]]);

/** Returns what the audit finds when `site` was rendered but `staged` was sealed. */
async function findings(
  site: Site,
  whole: Content,
  staged = site,
  who = membership,
  drafts: Record<string, string> = {},
): Promise<string[]> {
  const staging = join(temporaryFolder(), 'dist');
  await sealSite({ site: staged, membership: who, secret, settings }, staging);
  return audit(staging, site, whole, new Proven(staging), drafts);
}

/** Returns what the audit finds in a staged site. */
async function audit(
  staging: string,
  site: Site,
  whole: Content,
  proven = new Proven(staging),
  drafts: Record<string, string> = {},
): Promise<string[]> {
  const pages = join(temporaryFolder(), 'pages');
  mkdirSync(pages);
  writeFiles(pages, drafts);
  // The check ignores hidden files, even links.
  symlinkSync('/nowhere', join(pages, '.lost.mdx'));
  for (const [file, read] of site.readable) writeFiles(pages, { [file]: read() });
  const layers = [{ content: whole, pages } as Layer];
  try {
    await auditSite(staging, {
      site,
      membership,
      secret,
      layers,
      theme: pages,
      settings: { ...settings, content: pages, history: { folder: pages, revision: 'HEAD' } },
      proven,
    });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/\/\S+\/content\//, ''));
  }
}

test('two tiers that hold only what is theirs pass', async () => {
  expect(await findings(siteOf(rightly), await content())).toEqual([]);
});

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
    tinyFolder({ 'tiers.yaml': tiersFile, 'notes/b.mdx': noteText(`群里说：${words}`, tier) }).load();

  test('may be in a piece, because a page that shows them does not quote the piece', async () => {
    const { description } = community;
    const door = { ...siteOf(rightly), readable: readableOf(`<p>${description}</p>`) };
    const sealed = { members: tier({ '/notes/b/': `<p>群里说：${description}</p>` }), patrons: tier({}) };
    const site = { ...door, sealed: new Map(Object.entries(sealed)) };
    expect(await findings(site, await quoting(description))).toEqual([]);
  });

  test('may be in a piece of a higher tier, if they are on a page for all members', async () => {
    const members = { '/start/': `<p>${fromStart}</p>` };
    const patrons = { '/notes/b/': `<p>群里说：${fromStart}</p>` };
    const whole = await quoting(fromStart, 'tier: patrons\n');
    expect(await findings(siteOf({ members, patrons }), whole)).toEqual([]);
  });

  test('stop the build where strangers read them, if only members may read that page', async () => {
    const door = { ...siteOf(rightly), readable: readableOf(`<p>${fromStart}</p>`) };
    const site = {
      ...door,
      sealed: new Map([
        ['members', tier({ '/notes/b/': `<p>群里说：${fromStart}</p>` })],
        ['patrons', tier({})],
      ]),
    };
    const [finding] = await findings(site, await quoting(fromStart));
    expect(finding).toMatch(/^404\.html: contains readable text of notes\/b\.mdx/);
  });
});

test('the marks that the compiler puts on elements are no words of a title', async () => {
  const whole = await tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/b.mdx': noteText('会员读的。').replace('一则', 'People data'),
  }).load();
  const site = siteOf({ members: { '/notes/b/': '<h1>People data</h1>' }, patrons: {} });
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
      'notes/b.mdx': noteText('会员读的。').replace('一则', 'Gestures'),
    }).load();
  const script = 'a/viewer.js';
  const withFiles = (door: string, code: string): Site => ({
    readable: new Map([...readableOf(door), [script, () => new TextEncoder().encode(code)]]),
    sealed: new Map([
      ['members', tier({ '/notes/b/': '<h1>Gestures</h1>' })],
      ['patrons', tier({})],
    ]),
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

  test('stops the build in a script if no package says it', async () => {
    const other = tinyFolder({
      'tiers.yaml': tiersFile,
      'notes/b.mdx': noteText('会员读的。').replace('一则', 'Quarterly plan'),
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
      'notes/a.mdx': noteText('会员读的。'),
      'tiers.yaml': tiersFile,
      ...files,
    }).load();
    const members = { '/notes/a/': `<p>会员读的。</p>${html}` };
    const draft = noteText(text, `draft: true\n${more}`).replace('一则', '没写完的');
    return findings(siteOf({ members, patrons: {} }), whole, undefined, undefined, {
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
      const files = { 'suggestions.yaml': suggestion, 'people/lin.mdx': personText('林') };
      const html = '<li>Barbara Oakley、Terrence Sejnowski</li>';
      expect(await withDraft(html, files, '正文。', `summary: 书\n${authors}\n`)).toEqual([]);
    },
  );

  test('says nothing in the comments of its front matter, or with the ids in it', async () => {
    const more =
      '# role: 讲哪类运营：user、content、event、community、product、growth，可以写成列表\nrole: [user, content, event, community, product, growth]\n';
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
    'notes/a.mdx': noteText('会员读的。', 'people: { author: long }\n'),
    'people/long.mdx': personText(name, 'tier: patrons\n'),
  }).load();
  const members = { '/notes/a/': `<p>会员读的。</p><p>${name}</p>` };
  const patrons = { '/people/long/': `<h1>${name}</h1><p>介绍。</p>` };
  expect(await findings(siteOf({ members, patrons }), whole)).toEqual([]);
});

describe('a key that somebody pasted into a piece', () => {
  const tokenOf = (id: string, serial = 1, of = secret) => issueToken(of, id, serial);
  const saying = (html: string) => ({ ...rightly.members, '/notes/a/': `<p>会员读的。</p>${html}` });
  const link = 'remove it there, and give them a new one: npm run members -- reissue anna';

  test.each<[string, (token: string) => string]>([
    ['in a link', (token) => `<a href="https://kb.example/notes/a/#key=${token}&amp;to=t">看这里</a>`],
    [
      'in capitals and without hyphens',
      (token) => `<p>我的钥匙${token.toUpperCase().replaceAll('-', '')}。</p>`,
    ],
  ])('stops the build if it opens the site, %s', async (_, html) => {
    const members = saying(html(await tokenOf('anna')));
    expect(await findings(siteOf({ ...rightly, members }), await content())).toEqual([
      `/notes/a/ (members): contains the link of “anna”; ${link}`,
      'audit: nothing was published',
    ]);
  });

  test('does not stop the build if it opens nothing', async () => {
    const other = parseSecret('0'.repeat(64));
    const dead = [await tokenOf('carl'), await tokenOf('anna', 2), await tokenOf('anna', 1, other)];
    expect(await findings(siteOf({ ...rightly, members: saying(dead.join(' ')) }), await content())).toEqual(
      [],
    );
  });

  test.each(['hex', 'base64url'] as const)('stops the build if it is the secret, in %s', async (spelling) => {
    const patrons = { ...rightly.patrons, '/notes/': Buffer.from(secret).toString(spelling) };
    expect(await findings(siteOf({ ...rightly, patrons }), await content())).toEqual([
      '/notes/ (patrons): contains the site’s secret',
      'audit: nothing was published',
    ]);
  });
});

test('a page sealed with the keys of another tier stops the build', async () => {
  const swapped = siteOf({
    members: { ...rightly.members, '/notes/b/': rightly.patrons['/notes/b/'] },
    patrons: { '/notes/': rightly.patrons['/notes/'] },
  });
  expect(await findings(siteOf(rightly), await content(), swapped)).toEqual([
    'root: table of members: does not match what was rendered',
    'root: table of patrons: does not match what was rendered',
    '/notes/b/ (patrons): does not match what was rendered',
    expect.stringMatching(/^o\/.*: nothing refers to this file$/),
    'audit: nothing was published',
  ]);
});

test('a member’s record with the keys of a tier too many stops the build', async () => {
  const raised = membershipOf('- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n');
  expect(await findings(siteOf(rightly), await content(), siteOf(rightly), raised)).toEqual([
    'root: key store: does not match what was rendered',
    'root: ledger: does not match what was rendered',
    'audit: nothing was published',
  ]);
});

test('a ledger that is wrong about a member stops the build', async () => {
  const [ben, ...others] = membership.ledger.toReversed();
  const forgetful = { ...membership, ledger: [...others, { ...ben!, removed: '2026-11-21' }] };
  expect(await findings(siteOf(rightly), await content(), siteOf(rightly), forgetful)).toEqual([
    'root: ledger: does not match what was rendered',
    'audit: nothing was published',
  ]);
});

test('an extra field in the root stops the build', async () => {
  const staging = join(temporaryFolder(), 'dist');
  await sealSite({ site: siteOf(rightly), membership, secret, settings }, staging);
  const root = readFileSync(join(staging, 'root'), 'utf8');
  writeFileSync(join(staging, 'root'), root.replace('"build"', '"brand":"甲","build"'));
  expect(await audit(staging, siteOf(rightly), await content())).toEqual([
    'root: violates the format: a root must have its one spelling',
    'audit: nothing was published',
  ]);
});

test.each([{ number: 2 }, { date: '2026-11-21' }])(
  'a root with another build number or date stops the build: %o',
  async (other) => {
    const staging = join(temporaryFolder(), 'dist');
    await sealSite(
      { site: siteOf(rightly), membership, secret, settings: { ...settings, ...other } },
      staging,
    );
    expect(await audit(staging, siteOf(rightly), await content())).toEqual([
      'root: does not match what was rendered',
      'audit: nothing was published',
    ]);
  },
);

test('a finding about a hostile file name is one line that can’t control the terminal', async () => {
  const staging = join(temporaryFolder(), 'dist');
  await sealSite({ site: siteOf(rightly), membership, secret, settings }, staging);
  writeFileSync(join(staging, 'x\u001b[2J\naudit: all is well'), '');
  expect(await audit(staging, siteOf(rightly), await content())).toEqual([
    'x�[2J�audit: all is well: nothing refers to this file',
    'audit: nothing was published',
  ]);
});

describe('a file that an earlier audit has opened', () => {
  let staging: string;
  let proven: Proven;
  let keyId: string;
  const site = siteOf(rightly);
  const nameOf = (path: string) => {
    const source = site.sealed.get('members')!.get(path)!;
    const content = contentKey(keyId, path, source, source.read());
    return objectAddress(proven.filesOf(content)![0]!.name);
  };
  beforeEach(async () => {
    const work = temporaryFolder();
    const epoch = await epochOf(secret, membership.revoked);
    keyId = (await deriveTierKeys(secret, 'members', epoch)).reader.keyId;
    staging = join(work, 'dist');
    await sealSite({ site, membership, secret, settings }, staging);
    const first = new Proven(work);
    expect(await audit(staging, site, await content(), first)).toEqual([]);
    first.save();
    proven = new Proven(work);
  });

  test('is the same in the next build, which passes', async () => {
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site, membership, secret, settings }, next, { folder: staging, proven });
    expect(readAll(next)).toEqual(readAll(staging));
    expect(await audit(next, site, await content(), proven)).toEqual([]);
  });

  test('is opened again if a byte of it differs', async () => {
    const file = nameOf('/notes/a/');
    const bytes = readFileSync(join(staging, file));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(staging, file), bytes);
    expect(await audit(staging, site, await content(), proven)).toEqual([
      expect.stringMatching(/^\/notes\/a\/ \(members\): /),
      'audit: nothing was published',
    ]);
  });

  test('does not vouch for another page, or for the same page with another text', async () => {
    const [a, list] = [nameOf('/notes/a/'), nameOf('/notes/')];
    const bytes = readFileSync(join(staging, a));
    writeFileSync(join(staging, a), readFileSync(join(staging, list)));
    writeFileSync(join(staging, list), bytes);
    expect(await audit(staging, site, await content(), proven)).toHaveLength(3);
    writeFileSync(join(staging, list), readFileSync(join(staging, a)));
    writeFileSync(join(staging, a), bytes);
    const edited = siteOf({ ...rightly, members: { ...rightly.members, '/notes/a/': '<p>会员改过。</p>' } });
    expect(await audit(staging, edited, await content(), proven)).toEqual([
      '/notes/a/ (members): does not match what was rendered',
      'audit: nothing was published',
    ]);
  });

  test('does not excuse a later leak', async () => {
    const members = { ...rightly.members, '/notes/a/': `<p>会员读的。${sentence}</p>` };
    const leaking = siteOf({ ...rightly, members });
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site: leaking, membership, secret, settings }, next, { folder: staging, proven });
    expect(await audit(next, leaking, await content(), proven)).toEqual([
      `/notes/a/ (members): contains readable text of notes/b.mdx: “${sentence.slice(0, 12)}”`,
      'audit: nothing was published',
    ]);
  });

  test('is sealed again if the current site has lost or changed it', async () => {
    rmSync(join(staging, nameOf('/notes/a/')));
    writeFileSync(join(staging, nameOf('/notes/')), 'overwritten');
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site, membership, secret, settings }, next, { folder: staging, proven });
    expect(await audit(next, site, await content(), proven)).toEqual([]);
  });
});

function readAll(folder: string): Map<string, string> {
  return new Map(listFiles(folder).map((file) => [file, readFileSync(join(folder, file)).toString('hex')]));
}
