import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serve, type Serving } from '../../scripts/lib/serve.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { run, testSite, withContent, withoutPast, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { buildOf } from './visit.ts';

// A site moves to another target: each test continues where the one before ended.

vi.setConfig({ testTimeout: 300_000 });

let site: TestSite;
let serving: Serving;
let [first, next] = ['', ''];

beforeAll(async () => {
  const bare = testSite('publish-new-target', { KB_NUMBER: '20261130' });
  [first, next] = [join(bare.folder, 'first'), join(bare.folder, 'next')];
  serving = await serve({ folder: first, base: '', port: 0 });
  const notes = {
    'notes/a.mdx': noteOf({ title: '公开的一则', more: 'access: public\n' }),
    'notes/b.mdx': noteOf(),
  };
  site = withoutPast(withContent(bare, notes));
  site.env.KB_SITE = serving.url;
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n' });
});

afterAll(() => serving.close());

const publish = (by: TestSite, to: string, ...args: string[]) => run(by, 'publish', ['--to', to, ...args]);
/** As on another machine, which has built nothing yet. */
const fresh = (name: string, env: Record<string, string> = {}): TestSite =>
  withoutPast({ ...site, env: { ...site.env, KB_NUMBER: '', KB_OUT: join(site.folder, name), ...env } });

test('stops when KB_SITE was forgotten and the live site has a feed', async () => {
  const { output } = await publish(site, first);
  expect(output).toContain(`verified at ${serving.url}`);
  const { code, output: said } = await publish(fresh('a', { KB_SITE: '' }), first);
  expect(said).toMatch(/has feed.xml, but without KB_SITE the new one would not.*Set KB_SITE/);
  expect(code).toBe(1);
  expect(buildOf(first)).toBe(20261130);
});

test('a new target behind the same address follows the site that the address shows', async () => {
  const members = readFileSync(site.members, 'utf8');
  writeFileSync(site.members, '- id: anna\n');
  const lost = await publish(fresh('b'), next, '--unverified');
  expect(lost.output).toMatch(/missing from the members file[^]*\n- id: ben\n/);
  expect(lost.code).toBe(1);
  expect(listFiles(next)).toEqual([]);
  writeFileSync(site.members, members);
  // Browsers refuse a lower number than they have seen.
  expect((await publish(fresh('b'), next, '--unverified')).output).toContain('published build 20261131');
});
