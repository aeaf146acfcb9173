import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { encodeReminders, parseSecret, REMINDERS_PATH } from '../../src/vault/index.ts';
import type { Content } from '../../src/markdown/content.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { testSecret, writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { Proven } from '../audit/proven.ts';
import type { Layer, SealedSource, Site } from '../lib/site.ts';
import { auditSite } from './audit.ts';
import { sealSite } from './seal.ts';

// A small site with two tiers, sealed and audited without rendering anything.

export const secret = parseSecret(testSecret);
export const title = '只给深度会员的定价算法';
export const sentence = '仓库后门的第三把钥匙只在每月十五号交给值班店长保管';
const date = '2026-11-22';
export const missing = '<p>没有</p>';

export const tiersFile = 'patrons: { name: 深度会员 }\n';

export const content = () =>
  tinyFolder({
    'tiers.yaml': tiersFile,
    'notes/a.mdx': noteOf({ body: '会员读的。' }),
    'notes/b.mdx': noteOf({ title, more: 'tier: patrons\n', body: `${sentence}。` }),
  }).load();

export const settings = { date, number: 1 };
export const membership = membershipOf('- id: anna\n  tier: patrons\n- id: ben\n');

/** The list of reminders, because nobody's membership ends soon. */
const reminders = await encodeReminders(secret, date, []);
const remindersSource: SealedSource = {
  type: 'application/octet-stream',
  kind: 'object',
  read: () => reminders,
};

const page = (html: string): SealedSource => ({
  type: 'text/html',
  kind: 'object',
  read: () => new TextEncoder().encode(`<!doctype html><html lang="zh">${html}</html>`),
});

const tier = (pages: Record<string, string>) =>
  new Map(Object.entries(pages).map(([path, html]) => [path, page(html)]));

export const rightly = {
  members: { '/notes/': '<a>一则</a>', '/notes/a/': '<p>会员读的。</p>' },
  patrons: { '/notes/': `<a>一则</a><a>${title}</a>`, '/notes/b/': `<h1>${title}</h1><p>${sentence}</p>` },
};

/** The site with these pages of each tier, by path. */
export function siteOf({
  members,
  patrons = {},
}: {
  members: Record<string, string>;
  patrons?: Record<string, string>;
}): Site {
  return {
    readable: readableOf(missing),
    sealed: new Map([
      ['members', tier(members).set(REMINDERS_PATH, remindersSource)],
      ['patrons', tier(patrons)],
    ]),
  };
}

export const readableOf = (html: string): Site['readable'] =>
  new Map([['404.html', () => new TextEncoder().encode(html)]]);

/** Returns what the audit finds when `site` was rendered but `staged` was sealed. */
export async function findings(
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
export async function audit(
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
