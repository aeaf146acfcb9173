import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderAll } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { testSite, withContent } from '../lib/site.ts';

const of = (fields: string, body: string) => `---\ntitle: 一篇\ndate: 2026-11-01\n${fields}---\n\n${body}\n`;
const people = 'people:\n  author: linxia\n  editor: suwan\n';
const steps = ['Background', 'Goal', 'Insight', 'Mechanism', 'Logic', 'Copy', 'Avoid'];

let pages: string;
beforeAll(async () => {
  const site = withContent(testSite('byline'), {
    'people/linxia.mdx': '---\nname: 林夏\nrole: 运营\njoined: 2026-01-01\n---\n',
    'people/suwan.mdx': '---\nname: 苏晚\nrole: 编辑\njoined: 2026-01-01\n---\n',
    'notes/a.mdx': of(people, '字。'),
    'talks/a.mdx': of(`speakers: [linxia]\n${people}`, '字。'),
    'breakdowns/a.mdx': of(
      `${people}work: { kind: book, title: 书, authors: [某人], publisher: 某社, year: 2014 }\nfor: 新人\n`,
      '字。',
    ),
    'teardowns/a.mdx': of(
      `${people}case: { name: 小聚会, channel: offline, period: 五月 }\n`,
      steps.map((step) => `<${step}>\n  字。\n</${step}>`).join('\n\n'),
    ),
  });
  const settings = readSettings(site.env);
  const sources = await layOutSources(settings, await checkContent(settings));
  const rendered = await renderAll(settings, await bundleTheme(settings), sources);
  pages = rendered.find(({ audience }) => audience === 'members')!.pages;
});

test.each(['notes', 'talks', 'breakdowns', 'teardowns'])('a page of %s says whose piece it is', (form) => {
  const page = readFileSync(join(pages, form, 'a/index.html'), 'utf8');
  const [, byline = ''] = /<div class="byline"[^>]*>(.*?)<\/div>/s.exec(page) ?? [];
  expect([...byline.matchAll(/href="\/people\/(\w+)\/"/g)].map(([, id]) => id)).toEqual(['linxia']);
});
