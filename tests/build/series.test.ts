import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderAll } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import type { Rendered } from '../../scripts/lib/site.ts';
import { testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

let rendered: Rendered[];
const partOf = (audience: string, address: string) => {
  const { pages } = rendered.find((one) => one.audience === audience)!;
  return /第 \d+ 篇[^<]*/.exec(readFileSync(join(pages, address, 'index.html'), 'utf8'))?.[0];
};

beforeAll(async () => {
  const part = (series: string, number: number, access = 'members') =>
    noteOf({
      title: `${series} ${number}`,
      more: `slug: ${series}-${number}\nseries: ${series}\nnumber: ${number}\naccess: ${access}\n`,
    });
  const site = withContent(testSite('series'), {
    'series.yaml':
      'pair:\n  title: 两篇\n  summary: 一篇公开。\ngaps:\n  title: 隔着写的\n  summary: 留着号。\n',
    'notes/pair-1.mdx': part('pair', 1),
    'notes/pair-2.mdx': part('pair', 2, 'public'),
    'notes/gaps-1.mdx': part('gaps', 1),
    'notes/gaps-9.mdx': part('gaps', 9),
  });
  const settings = readSettings(site.env);
  const sources = await layOutSources(settings, await checkContent(settings));
  rendered = await renderAll(settings, await bundleTheme(settings), sources);
});

test('a piece says its number and how many its series has', () => {
  expect(partOf('members', 'notes/pair-1')).toBe('第 1 篇，共 2 篇');
});

test('a piece says only its number to those who may not read the others', () => {
  expect(partOf('public', 'notes/pair-2')).toBe('第 2 篇');
});

test('a piece says only its number in a series with gaps', () => {
  expect(partOf('members', 'notes/gaps-9')).toBe('第 9 篇');
});
