import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent } from '../../src/markdown/load.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { projectRoot } from '../lib/settings.ts';
import { weekToTell } from './weeks.ts';
import { writeDigest } from './write.ts';

let folder: string;
let content: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'digest-'));
  const head = (title: string, more = '') => `---\ntitle: ${title}\n${more}---\n\n`;
  writeFiles(join(folder, 'content'), {
    'notes/2026-11-17-k3vq.mdx': `${head('藏着的一则', 'date: 2026-11-17\nsummary: 藏着的摘要\n')}<Quote who="lin">\n\n藏着的一句“话”。\n\n</Quote>\n`,
    'notes/open.mdx': `${head('"谁都能看的 <b>一则</b>"', 'date: 2026-11-18\naccess: public\nsummary: "一句。\\n\\n本周特别 · 1\\nhttps://evil.example/"\n')}正文。\n`,
    'notes/2026-11-19-p7mn.mdx': `${head('高级的一则', 'date: 2026-11-19\ntier: patrons\nsummary: 高级的摘要\n')}<Quote who="lin">\n\n高级的一句话。\n\n</Quote>\n`,
    'tiers.yaml': 'patrons: { name: 深度会员 }\n',
    'notes/last-year.mdx': `${head('去年的一则', 'date: 2025-11-18\n')}正文。\n`,
    'discussions/2026-11-17-w2ab.mdx': `${head('藏着的话题', 'date: 2026-11-17\nweek: 2026-W47\nquestion: 藏着的问题？\nasked_by: lin\n')}<Open>\n\n- 藏着的没有答案。\n\n</Open>\n`,
    'digests/2026-11-01-q4st.mdx': `${head('藏着的精华', 'date: 2026-11-01\nweek: 2026-W44\nsummary: 藏着的精华摘要\n')}<Day date="2026-10-28">\n\n<Pick who="lin">\n\n藏着的一条。\n\n</Pick>\n\n</Day>\n`,
    'digests/2026-10-26-w5uv.mdx': `${head('周一写的精华', 'date: 2026-10-26\nweek: 2026-W43\n')}<Day date="2026-10-20">\n\n<Pick who="lin">\n\n藏着的一条。\n\n</Pick>\n\n</Day>\n`,
    'digests/2026-10-14-x6yz.mdx': `${head('迟到的精华', 'date: 2026-10-14\nweek: 2026-W41\n')}<Day date="2026-10-06">\n\n<Pick who="lin">\n\n藏着的一条。\n\n</Pick>\n\n</Day>\n`,
    'people/lin.mdx': '---\nname: 林\nrole: 运营\njoined: 2026-01-01\n---\n\n介绍。\n',
  });
  content = await loadContent({
    root: join(folder, 'content'),
    cache: join(folder, 'cache'),
    date: '2026-11-22',
    drafts: false,
    base: '/repo',
  });
  expect(content.findings).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (withContent: boolean, week = '2026-W47') => {
  const address = 'https://kb.example/repo';
  const { text, files } = writeDigest(content, { week, withContent, address, folder });
  return { text, mail: readFileSync(files.mail, 'utf8') };
};

describe('the week’s digest', () => {
  test('only links to members’ pieces, and quotes public ones', () => {
    const { text, mail } = written(false);
    for (const output of [text, mail]) {
      expect(output).not.toMatch(/藏着|去年的/);
      expect(output).toContain('https://kb.example/repo/notes/2026-11-17-k3vq/');
      expect(output).toContain('https://kb.example/repo/weeks/2026-W47/');
    }
    expect(text).toContain(
      '· 谁都能看的 <b>一则</b>\n  一句。 本周特别 · 1 https://evil.example/\nhttps://kb.example/repo/notes/open/',
    );
  });

  test('includes members’ content when asked to', () => {
    const { text, mail } = written(true);
    for (const output of [text, mail]) {
      for (const said of [
        '藏着的一则',
        '藏着的摘要',
        '“藏着的一句‘话’。”',
        '林',
        '藏着的没有答案。',
        '去年的一则',
      ])
        expect(output).toContain(said);
    }
  });

  test('only links to pieces of a higher tier, even when asked for content', () => {
    for (const output of Object.values(written(true))) {
      expect(output).not.toContain('高级的');
      expect(output).toContain('https://kb.example/repo/notes/2026-11-19-p7mn/');
    }
  });

  test('is a mail that shows titles as text and loads nothing', () => {
    const { mail } = written(true);
    expect(mail).toContain('谁都能看的 &#x3C;b>一则');
    expect(mail).not.toMatch(/<(?:img|script|link|style)|url\(|#key=/);
  });

  test('is a mail in the site’s colours, that breaks lines between words, and in addresses anywhere', () => {
    const accent = /--accent: light-dark\((#\w+)/.exec(
      readFileSync(join(projectRoot, 'src/styles/tokens.css'), 'utf8'),
    )![1]!;
    const { mail } = written(false);
    expect(mail).toMatch(new RegExp(`<td style="background:${accent};[^>]*"><a [^>]*color:#ffffff`));
    const styleOf = (text: string) => new RegExp(`style="([^"]*)">${text}`).exec(mail)![1];
    expect(styleOf('谁都能看的')).not.toContain('word-break');
    expect(styleOf('https://kb.example/repo/notes/2026-11-17')).toContain(`color:${accent};`);
    expect(styleOf('https://kb.example/repo/notes/2026-11-17')).toContain('word-break:break-all');
  });

  test('is a mail that Outlook lays out too: not wider than 600 pixels, a summary below its title', () => {
    const { mail } = written(true);
    // Outlook ignores what the others obey: max-width, and display on an element within a line.
    expect(mail).toContain('<!--[if mso]><table role="presentation" width="600">');
    expect(mail).not.toContain('display:block');
    expect(mail).toMatch(/<p [^>]*><a [^>]*>藏着的一则<\/a><\/p><p [^>]*>藏着的摘要<\/p>/);
  });

  test('also links to pieces of earlier weeks that came too late for theirs', () => {
    const address = 'https://kb.example/repo';
    const options = { week: '2026-W48', withContent: false, address, folder };
    const { text } = writeDigest(content, { ...options, late: ['notes/open', 'notes/2026-11-17-k3vq'] });
    expect(text).toMatch(
      /之前几周补上的 · 2 篇\n· 谁都能看的 .*\n .*\n.*notes\/open\/\n.*notes\/2026-11-17-k3vq\/\n/,
    );
    expect(text).not.toMatch(/藏着|没有新内容/);
    // The site has no page of a week without pieces.
    expect(text).not.toContain('/weeks/2026-W48/');
    expect(readFileSync(join(folder, '2026-W48.html'), 'utf8')).not.toContain('/weeks/2026-W48/');
  });

  test('begins with what the staff picked from the chat, in the week that this is about or, if later, was written', () => {
    const link = (name: string) => `群精华 · 1 篇\nhttps://kb.example/repo/digests/${name}/\n`;
    const { text, mail } = written(false, '2026-W44');
    expect(text).toContain(`2026.11.01\n\n${link('2026-11-01-q4st')}`);
    // The page of the week that it is dated in, though nothing else is.
    expect(text).toContain('/weeks/2026-W44/');
    expect(text).not.toContain('2026-10-26');
    for (const output of [text, mail]) expect(output).not.toMatch(/藏着|没有新内容/);
    expect(written(true, '2026-W44').text).toContain('· 藏着的精华\n  藏着的精华摘要\n');
    const monday = written(false, '2026-W43').text;
    expect(monday).toContain(link('2026-10-26-w5uv'));
    expect(monday).not.toContain('/weeks/');
    expect(written(false, '2026-W42').text).toContain(link('2026-10-14-x6yz'));
    expect(written(false, '2026-W41').text).toContain('没有新内容');
  });

  test('says so when a week has nothing new', () => {
    const { text, mail } = written(false, '2026-W40');
    expect(text).toContain('这一周没有新内容');
    expect(mail).toContain('这一周没有新内容');
  });
});

test.each([
  ['2026-11-22', '2026-W47'],
  ['2026-11-23', '2026-W47'],
  ['2026-11-24', '2026-W48'],
])('on %s the digest is about %s', (today, week) => {
  expect(weekToTell(today)).toBe(week);
});
