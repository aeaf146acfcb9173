import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { readSettings } from '../../scripts/lib/settings.ts';
import { initRepository, type Repository } from '../lib/repository.ts';
import { run, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { snapshot } from '../lib/folder.ts';
import { noteOf } from '../lib/tiny.ts';

// Two operators publish to one target, each from a clone of the content: each test continues where the one before ended.

vi.setConfig({ testTimeout: 300_000 });

let target: string;
let [anna, ben]: TestSite[] = [];
let repository: Repository;
const publish = (site: TestSite, ...args: string[]) =>
  run(site, 'publish', ['--to', target, '--unverified', ...args]);
const behind = /published from revision [0-9a-f]{7}, which this checkout does not have/;

beforeAll(() => {
  const bare = testSite('publish-other-clone');
  target = join(bare.folder, 'www');
  const notes = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`notes/${name}.mdx`, noteOf({ title: name })]),
  );
  anna = withContent(bare, notes);
  writeFiles(anna.folder, { 'members.yaml': '- id: anna\n' });
  repository = initRepository(anna.env.KB_CONTENT!);
  repository.commit();
  const other = join(bare.folder, 'bens');
  repository.git('clone', '--quiet', '.', join(other, 'content'));
  ben = { ...anna, env: { ...anna.env, KB_CONTENT: join(other, 'content'), KB_OUT: join(other, 'dist') } };
});

test('a checkout that lacks the live revision takes no piece off the site', async () => {
  writeFiles(anna!.env.KB_CONTENT!, { 'notes/new.mdx': noteOf({ title: 'new' }) });
  repository.commit();
  expect((await publish(anna!)).code).toBe(0);
  const before = snapshot(target);
  const { code, output } = await publish(ben!);
  expect(output).toMatch(behind);
  expect(output).toMatch(/notes\/new would be gone.*git pull.*--fewer/);
  expect(code).toBe(1);
  expect(snapshot(target)).toEqual(before);
});

test('one that lacks only a change is warned', async () => {
  const { code } = await publish(ben!, '--fewer');
  expect(code).toBe(0);
  writeFiles(anna!.env.KB_CONTENT!, { 'notes/a.mdx': noteOf({ title: 'a', body: '改过。' }) });
  repository.git('rm', '--quiet', 'notes/new.mdx');
  repository.commit();
  // The live revision is an ancestor of this one.
  expect((await publish(anna!)).output).not.toMatch(behind);
  const { code: published, output } = await publish(ben!);
  expect(output).toMatch(behind);
  expect(output).toContain('git pull');
  expect(published).toBe(0);
});

test('after a pull there is nothing to warn of, and in a shallow clone only that authors are unknown', async () => {
  expect((await publish(anna!)).code).toBe(0);
  writeFiles(anna!.env.KB_CONTENT!, { 'notes/d.mdx': noteOf({ title: 'd' }) });
  repository.commit();
  const shallow = join(ben!.env.KB_CONTENT!, '../shallow');
  repository.git('clone', '--quiet', '--depth', '1', `file://${anna!.env.KB_CONTENT!}`, shallow);
  const runner = { ...ben!, env: { ...ben!.env, KB_CONTENT: shallow } };
  const { output: shallowly } = await publish(runner);
  expect(shallowly).not.toMatch(behind);
  expect(shallowly.match(/git fetch --unshallow/g)).toHaveLength(1);
  repository.git('-C', ben!.env.KB_CONTENT!, 'pull', '--quiet');
  const { output } = await publish(ben!);
  expect(output).not.toMatch(behind);
  expect(output).not.toContain('--unshallow');
  expect(output).toContain('published build');
  // It is dated three weeks before the day on which it first appears.
  const report = readFileSync(join(readSettings(ben!.env).work, 'report/report.json'), 'utf8');
  expect(JSON.parse(report)).toMatchObject({ late: { 'notes/d': '2026-11-22' } });
});
