import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { project } from '../../src/markdown/projection.ts';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { parseSecret } from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { Proven } from '../audit/proven.ts';
import type { Layer, Site } from '../lib/site.ts';
import { auditSite } from './audit.ts';
import { addReminders } from '../lib/reminders.ts';
import { collectSite, type Made } from './collect.ts';
import { composeFeeds } from './feeds.ts';
import { sealSite } from './seal.ts';

// A small site with a canary in each place that can leak. The pages are written by hand, as the rendering runs would
// write them.

const secret = parseSecret(testSecret);
const date = '2026-11-22';

/** What only members may read, by its place. */
export const canary = {
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
  asked: 'Q&A：前一百人怎么定价',
  english: 'The third key of the back door hangs behind the fire bucket',
  below: '水桶后面',
  word: 'Will',
  letters: 'Andrea',
  alias: '老阿德',
  role: '小圈子',
  definition: '这个话题只讲怎么把涨价说得像是降价一样',
  series: '这个系列一共七讲从第一张欠条讲到最后一张欠条',
  pick: '先看这一篇是因为接头的规矩都写在里面了',
  contact: '丢了三号仓库的备用钥匙就马上打电话找他',
  suggestion: '想知道他是怎么把整条街的店都谈下来的',
};

const png = (color: string) =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

/** Returns an almost silent MP3 with a title and a comment in its ID3 tag; strings are written in UTF-16. */
const recording = (title: string | Buffer, comment: string) => {
  const frameOf = (id: string, text: Buffer) =>
    Buffer.concat([Buffer.from(id), Buffer.of(0, 0, 0, text.length, 0, 0), text]);
  const text = typeof title === 'string' ? Buffer.concat([Buffer.of(1), utf16(title)]) : title;
  // A comment has a language and a description before its text.
  const remark = Buffer.concat([Buffer.from('\u0001zho'), utf16('\0'), utf16(comment)]);
  const frame = Buffer.concat([frameOf('TIT2', text), frameOf('COMM', remark)]);
  const sound = Buffer.alloc(418);
  sound.set([0xff, 0xfb, 0x90, 0xc4]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.of(3, 0, 0, 0, 0, 0, frame.length), frame, sound, sound]);
};

export const files = async (spoken: string | Buffer, comment = '听') => ({
  'tiers.yaml': 'patrons: { name: 深度会员 }\n',
  'topics.yaml': `secret: { name: ${canary.topic}, aliases: [${canary.mixed}], definition: 只给会员的话题 }\nopen: { name: 公开的话题, definition: ${canary.definition} }\ncommunity: { name: ${canary.role}, definition: 社群 }\n`,
  'series.yaml': `debts: { title: 欠条, summary: ${canary.series} }\n`,
  'start.yaml': `picks:\n  - { entry: notes/closed, why: ${canary.pick} }\nwho:\n  - { person: lin, for: ${canary.contact} }\n`,
  'suggestions.yaml': `- { title: 谈店, kind: book, why: ${canary.suggestion} }\n`,
  'people/gao.mdx': personOf(canary.person),
  'people/kiki.mdx': personOf(canary.latin),
  'people/will.mdx': personOf(canary.word),
  'people/andrea.mdx': personOf(canary.letters, `aliases: [${canary.alias}]\n`),
  'people/lin.mdx': personOf('林一'),
  'talks/open/index.mdx': `---\ntitle: 公开的一讲\ndate: 2026-11-01\nspeakers: [lin]\ntopics: [open]\nrole: community\naudio: ./a.mp3\nduration: 1:00\naccess: public\n---\n谁都能听。\n\n![红](./red.png)\n`,
  'talks/open/a.mp3': recording(spoken, comment),
  'talks/open/red.png': await png('red'),
  'notes/closed/index.mdx': `---\ntitle: ${canary.title}\ndate: 2026-11-01\nslug: ${canary.slug}\nsummary: ${canary.summary}\ntopics: [secret]\n---\n${canary.body}。\n\n<Quote who="gao">${canary.quote}</Quote>\n\n![${canary.alt}](./rack.png)\n\n<Attachment src="./list.csv" title="清单" />\n`,
  'notes/closed/rack.png': await png('blue'),
  'notes/closed/list.csv': canary.attachment,
  'notes/higher.mdx': noteOf({ title: canary.higher, more: 'tier: patrons\n', body: '只给深度会员。' }),
  'notes/asked.mdx': noteOf({ title: canary.asked, body: `${canary.english}.` }),
  'notes/vault/index.mdx': noteOf({
    more: 'tier: patrons\n',
    body: '![柜](./safe.png)\n\n<Attachment src="./codes.csv" title="码" />',
  }),
  'notes/vault/safe.png': await png('gray'),
  'notes/vault/codes.csv': '柜,码\n1,8848\n',
  'notes/cut/index.mdx': noteOf({
    title: '露一半',
    body: `谁都能看。\n\n<Members />\n\n![${canary.below}](./bucket.png)`,
  }),
  'notes/cut/bucket.png': await png('brown'),
  'notes/draft.mdx': noteOf({
    title: '涨工资的事',
    more: `draft: true\nsummary: ${canary.draft}\n`,
    body: '正文。',
  }),
  'breakdowns/told/index.mdx': `---\ntitle: 门外看得到的标题\ndate: 2026-11-01\nslug: told\nsummary: 门外看得到的一句摘要\ntopics: [secret]\nteaser: true\nwork: { kind: book, title: 书名号里的书名, authors: [作者], publisher: 社, year: 2020, cover: ./cover.png }\nfor: 读者\n---\n门里才有的一整段正文没有人能在门外读到它\n`,
  'breakdowns/told/cover.png': await png('green'),
});

export const pages = {
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

/** Everything that `collectSite` gets, which a patch may spoil, and the content of the whole folder. */
export interface Before extends Made {
  whole: Content;
  /** Appends to a page of a layer, or creates it. */
  write: (layer: keyof typeof pages | 'theme', file: string, text: string) => void;
}

export interface Patch {
  spoken?: string | Buffer;
  comment?: string;
  /** Runs before `collectSite` decides what is readable. */
  made?: (made: Before) => void | Promise<void>;
  /** Runs after it. */
  site?: (site: Site, made: Before) => void;
}

/**
 * Returns what the last steps of the build report for a site that a patch has spoiled.
 *
 * @param cache - a folder for rendered content, which many tests may share
 */
export async function findings(
  { spoken = '公开的一讲', comment, made: spoilMade, site: spoilSite }: Patch,
  cache: string,
): Promise<string[]> {
  const folder = tinyFolder(await files(spoken, comment));
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
    copied: at('copied'),
    whole,
    write,
  };
  await spoilMade?.(made);
  const membership = membershipOf('- id: anna\n  tier: patrons\n- id: ben\n');
  const staging = join(folder.around, 'dist');
  const { root } = folder;
  const settings = { content: root, history: { folder: root, revision: 'HEAD' }, date, number: 1 };
  try {
    const site = await addReminders(collectSite(made), membership, secret, date);
    spoilSite?.(site, made);
    await sealSite({ site, membership, secret, settings }, staging);
    await auditSite(staging, {
      site,
      membership,
      secret,
      layers,
      theme: made.theme,
      settings,
      proven: new Proven(folder.root),
    });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replaceAll(`${folder.root}/`, ''));
  }
}
