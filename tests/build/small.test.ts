import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderAll } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { contentPolicy } from '../../src/gate/policy.ts';
import { testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

/** The smallest content of another community: one note, no lists. Every page exists all the same. */
let folders: Map<string, string>;
const fileOf = (address: string, audience = 'members') => join(folders.get(audience)!, address, 'index.html');
const page = (...asked: Parameters<typeof fileOf>) => readFileSync(fileOf(...asked), 'utf8');

beforeAll(async () => {
  const site = withContent(testSite('small'), { 'notes/only.mdx': noteOf({ title: '唯一的一则' }) });
  const settings = readSettings(site.env);
  const sources = await layOutSources(settings, await checkContent(settings));
  const rendered = await renderAll(settings, await bundleTheme(settings), sources);
  folders = new Map(rendered.map(({ audience, pages }) => [audience, pages]));
});

test('renders every overview page, empty or not', () => {
  const addresses = [
    '',
    'weeks/2026-W44',
    'awards',
    'start',
    'mine',
    'compare',
    'quotes',
    'timeline',
    'topics',
    'series',
    'people',
  ];
  const forms = ['talks', 'breakdowns', 'discussions', 'teardowns', 'notes', 'digests'];
  expect([...addresses, ...forms].filter((address) => !existsSync(fileOf(address)))).toEqual([]);
  expect(page('')).toContain('href="/notes/only/"');
});

test('leads members to sections that have something, and strangers to all', () => {
  const sections = (address: string, audience?: string) =>
    [...page(address, audience).matchAll(/<li[^>]*>\s*<a href="\/(\w+)\/"/g)].map(([, section]) => section);
  expect(sections('timeline')).toEqual(['notes']);
  // Whoever opens another one by its address sees where they are.
  expect(sections('talks')).toEqual(['talks', 'notes']);
  expect(sections('timeline', 'public')).toHaveLength(10);
});

test('shows no heading without anything below it', () => {
  const start = page('start');
  expect(start).not.toContain('头一周先读');
  expect(start).not.toContain('有事找谁');
  expect(page('')).not.toContain('class="first-week"');
  expect(page('breakdowns')).not.toContain('大家想拆的');
  expect(page('compare')).not.toContain('<table');
});

test('says of each list that it has nothing yet', () => {
  const said = (address: string) => /<p class="meta"[^>]*>(还没有.*?。)<\/p>/.exec(page(address))?.[1];
  expect(['topics', 'series', 'people', 'quotes', 'awards'].map(said)).toEqual([
    '还没有主题。',
    '还没有系列。',
    '还没有人物介绍。',
    '还没有金句。',
    '还没有可以数的内容。',
  ]);
  expect(page('topics')).not.toContain('class="topics"');
  expect(page('people')).not.toMatch(/class="people"|href="\/awards\/"/);
  expect(page('awards')).not.toContain('2026 年');
});

test('tells strangers that nothing is public, and not that there is nothing at all', () => {
  expect(page('notes')).toContain('>1 篇<');
  const notes = page('notes', 'public');
  expect(notes).toContain('>公开 0 篇<');
  expect(notes).toContain('这里没有公开的内容，成员进门以后看到的是全部。');
  expect(notes).not.toContain('还没有加餐');
  for (const address of ['topics', 'series', 'people', 'quotes', 'timeline', 'breakdowns', 'compare', '']) {
    expect(page(address, 'public')).toContain('这里没有公开的内容');
  }
  // Counted from public content only, it would differ from the members' page.
  expect(page('awards', 'public')).toContain('<title>这一页留给成员');
});

test('has no filter where there is nothing to choose', () => {
  expect(page('breakdowns')).not.toContain('<select');
  expect(page('quotes')).not.toContain('<select');
});

// A variable such as DEV, which the test runner sets, makes Vite mistake a build for a preview.
test('keeps the strict policy, whatever the environment calls itself', () => {
  expect(process.env.DEV).toBeTruthy();
  expect(page('')).toContain(`content="${contentPolicy}"`);
});
