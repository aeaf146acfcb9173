import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { projectRoot, readSettings } from '../../scripts/lib/settings.ts';
import type * as Check from '../../scripts/steps/check.ts';
import { renderPages } from '../../scripts/steps/render.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { initRepository } from '../lib/repository.ts';
import { testSite, withContent } from '../lib/site.ts';
import { englishContent } from '../lib/english.ts';

/** Han characters, and punctuation and letters that only Chinese uses. */
const chinese = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u;

let pages: string;

beforeAll(async () => {
  // A second book and a second case: a list of one is neither filtered nor compared.
  const { 'breakdowns/book.mdx': book, 'teardowns/case.mdx': teardown } = englishContent;
  const site = withContent(testSite('english'), {
    ...englishContent,
    'breakdowns/other-book.mdx': book,
    'teardowns/other-case.mdx': teardown,
  });
  initRepository(join(site.folder, 'content')).commit('Bea Writer');
  // Imitates another community, which changes the source: its own site.ts, and its own text on the operators' page.
  const root = join(site.folder, 'tree');
  rmSync(root, { recursive: true, force: true });
  const own = [
    'src',
    'scripts',
    'public',
    '.zhlintrc',
    'astro.config.mjs',
    'package.json',
    'package-lock.json',
  ];
  for (const name of own) {
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const file = join(root, 'src/site.ts');
  writeFileSync(file, inEnglish(readFileSync(file, 'utf8')));
  const settings = { ...readSettings(site.env), root };
  const { checkContent } = (await import(join(root, 'scripts/steps/check.ts'))) as typeof Check;
  const content = await checkContent(settings);
  pages = await renderPages(settings, await bundleTheme(settings), {
    audience: 'members',
    folder: settings.content,
    content,
  });
});

/** Returns a site.ts with English texts: every string with Chinese in it is replaced by a word. */
function inEnglish(source: string): string {
  return source
    .replace("language: 'zh-CN',", "language: 'en',")
    .replace(/'[^'\n]*'/g, (text) => (chinese.test(text) ? "'Words'" : text));
}

test('the pages of an English site contain no Chinese', () => {
  const files = listFiles(pages).filter((file) => file.endsWith('.html'));
  expect(files.length).toBeGreaterThan(25);
  const left = files.flatMap((file) => {
    const html = readFileSync(join(pages, file), 'utf8');
    // The page for newcomers is written by the community itself.
    const said =
      file === 'start/index.html'
        ? html.replace(
            /<p[ >].*?<\/p>|<li>.*?<\/li>|<h\d.*?<\/h\d>|<title>.*?<\/title>|<meta name="description".*?>/gs,
            '',
          )
        : html;
    return said
      .split('\n')
      .flatMap((line) => line.match(/[^<>"]*[\p{Script=Han}\u3000-\u303f\uff01-\uff60][^<>"]*/gu) ?? [])
      .map((text) => `${file}: ${text.trim().slice(0, 80)}`);
  });
  expect([...new Set(left)]).toEqual([]);
});

test('the pages of an English site show dates, authors and counts in English', () => {
  const talk = readFileSync(join(pages, 'talks/one/index.html'), 'utf8');
  expect(talk).toContain('<html lang="en"');
  expect(talk).toContain('Written by Bea Writer');
  expect(talk).toContain('November 1, 2026');
  expect(readFileSync(join(pages, 'talks/index.html'), 'utf8')).toContain('>Nov 1, 2026</time>');
  expect(readFileSync(join(pages, 'digests/week/index.html'), 'utf8')).toContain('>Nov 17</time>');
  const breakdowns = readFileSync(join(pages, 'breakdowns/index.html'), 'utf8');
  expect(breakdowns).toContain('data-one="1 piece" data-count="{} pieces"');
});
