import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { site } from '../../src/site.ts';
import { assertCommunity } from './community.ts';
import { projectRoot } from './settings.ts';

test('the settings in the tree are right', () => {
  expect(() => assertCommunity()).not.toThrow();
});

const { name, ...nameless } = site;
test.each([
  [
    { ...nameless, nmae: name },
    /^src\/site\.ts:\d+: name: .*undefined\nsrc\/site\.ts:\d+: nmae: Unrecognized key: "nmae"\n/,
  ],
  [{ ...site, name: ' ' }, /^src\/site\.ts:\d+: name: /],
  [{ ...site, language: 'zh' }, /^src\/site\.ts:\d+: language: .*"zh-CN"\|"en"/],
  [{ ...site, contact: { who: '林夏' } }, /^src\/site\.ts:\d+: contact\.how: /],
  [{ ...site, crawlers: true }, /^src\/site\.ts:\d+: crawlers: .*"none"\|"public pages"/],
  [
    { ...site, cadence: [{ form: 'people', every: 'week', least: 1 }] },
    /^src\/site\.ts:\d+: cadence\.0\.form: /,
  ],
])('%j is refused', (settings, message) => {
  expect(() => assertCommunity(settings)).toThrow(message);
});

test('the line of a wrong field is named', () => {
  const lines = readFileSync(join(projectRoot, 'src/site.ts'), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.startsWith('  crawlers: ') && text.endsWith("',")) + 1;
  expect(() => assertCommunity({ ...site, crawlers: true })).toThrow(`src/site.ts:${line}: crawlers: `);
});
