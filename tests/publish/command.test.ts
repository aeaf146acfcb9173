import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { lockOf } from '../../scripts/lib/output.ts';
import { readSettings } from '../../scripts/lib/settings.ts';
import { initRepository, type Repository } from '../lib/repository.ts';
import { run, testSite, withContent, withoutPast, writeFiles, type TestSite } from '../lib/site.ts';
import { snapshot } from '../lib/folder.ts';
import { noteOf } from '../lib/tiny.ts';
import { startNginx, test, type Server } from './servers.ts';
import { buildOf, enter, readFolder, readUrl } from './visit.ts';

// The weekly routine of an operator, from the first publish on: each test continues where the one before ended.

// Two builds in one test, on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

let site: TestSite;
let nginx: Server;
let target: string;
let commit: Repository['commit'];
const note = (body: string) => noteOf({ title: '会改的一则', body });

beforeAll(async () => {
  const bare = testSite('publish-command');
  target = join(bare.folder, 'www');
  nginx = await startNginx(join(bare.folder, 'nginx'), { folder: target });
  site = withoutPast(withContent(bare, { 'notes/a.mdx': note('第一版正文。') }));
  site.env.KB_SITE = `http://127.0.0.1:${nginx.port}/`;
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n' });
  ({ commit } = initRepository(join(site.folder, 'content')));
  commit('林夏');
});

afterAll(() => nginx.stop());

const publish = (...args: string[]) => run(site, 'publish', ['--to', target, ...args]);
const write = (body: string) => writeFileSync(join(site.folder, 'content/notes/a.mdx'), note(body));
/** Returns what a member reads on the note's page, through nginx. */
const reads = async (id?: string) => {
  const visit = await enter(readUrl(site.env.KB_SITE!), id);
  return new TextDecoder().decode((await visit.open('/notes/a/'))!);
};

test('refuses a folder with foreign files', async () => {
  writeFiles(target, { 'thesis.txt': 'mine' });
  const { code, output } = await publish();
  expect(output).toContain('files that no publish wrote');
  expect(code).toBe(1);
  rmSync(join(target, 'thesis.txt'));
});

test('a dry run changes nothing at the target', async () => {
  const { code, output } = await publish('--dry-run');
  expect(output).toMatch(/dry run: build 20261122 would upload \d+ files/);
  expect(code).toBe(0);
  expect(listFiles(target)).toEqual([]);
});

test('publishes, and verifies from outside as a member', async () => {
  const { code, output } = await publish();
  expect(output).toContain(`verified at http://127.0.0.1:${nginx.port}/`);
  expect(code).toBe(0);
  expect(await reads()).toContain('第一版正文');
  // Files that someone else has put there stay, whatever is published.
  writeFiles(target, {
    'verification.txt': 'of a search engine',
    'a\u001b[2J\n::error::b': 'for a terminal',
  });
});

test('a second publish sends only what changed, with a higher build number', async () => {
  write('第二版正文。');
  commit('陈一');
  const { output } = await publish();
  expect(output).toContain('publish: a�[2J�::error::b was not written by a publish and stays');
  const sent = Number(/: (\d+) files/.exec(output)?.[1]);
  expect(sent).toBeLessThan(20);
  expect(buildOf(target)).toBe(20261123);
  expect(await reads()).toContain('第二版正文');
  expect(await reads()).toContain('撰写：林夏、陈一');
});

test('a publish writes a report of what changed, and the digest of the week', () => {
  const { work } = readSettings(site.env);
  const read = (name: string) => readFileSync(join(work, 'report', name), 'utf8');
  expect(JSON.parse(read('report.json'))).toMatchObject({
    build: 20261123,
    entries: { added: [], changed: [{ id: 'notes/a', title: '会改的一则', by: ['陈一'] }], removed: [] },
    members: { active: 2, removed: 0 },
    behind: [{ form: 'talks' }, { period: '2026-W46' }, { period: '2026-W47' }, { form: 'breakdowns' }],
  });
  expect(read('report.md')).toContain('## Changed (1)\n\n- 会改的一则 (notes/a), by 陈一\n');
  expect(read('report.md')).toMatch(/## Slowest pages\n\n- \/\S*: \d+ ms/);
  expect(read('2026-W47.txt')).toContain('这一周没有新内容');
});

test('a rollback publishes the earlier content for today’s members, as a new build', async () => {
  await run(site, 'members', ['remove', 'ben']);
  // That publication of the same content, a day later, is not the one to go back to.
  const tomorrow = { ...site, env: { ...site.env, KB_DATE: '2026-11-23' } };
  expect((await run(tomorrow, 'publish', ['--to', target])).code).toBe(0);
  const { code, output } = await publish('--rollback');
  expect(output).toContain('published build 20261125, with the content of build 20261122 of 2026-11-22,');
  expect(code).toBe(0);
  expect(await reads()).toContain('第一版正文');
  expect(await reads()).toMatch(/撰写：林夏\s*</);
  await expect(reads('ben')).rejects.toThrow('no keys for this token');
  expect(readFileSync(join(site.folder, 'content/notes/a.mdx'), 'utf8')).toContain('第二版正文');
});

test('a rollback beyond the first publication is refused', async () => {
  const { code, output } = await publish('--rollback');
  expect(output).toContain('there is no earlier publication with other content');
  expect(code).toBe(1);
});

test('stops when most of what the live site shows is gone from the content', async () => {
  const file = join(site.folder, 'content/notes/a.mdx');
  const aside = join(site.folder, 'aside.mdx');
  renameSync(file, aside);
  const { code, output } = await publish();
  expect(output).toContain('the live site shows 1 piece, of which 0 would stay');
  expect(code).toBe(1);
  expect(await reads()).toContain('第一版正文');
  renameSync(aside, file);
});

test('stops when a member of the live site is missing from the members file, and prints the lines to add', async () => {
  const members = readFileSync(site.members, 'utf8');
  writeFileSync(site.members, '- id: anna\n');
  const before = snapshot(target);
  const { code, output } = await publish();
  expect(output).toContain('- id: ben\n  removed: 2026-11-22');
  expect(code).toBe(1);
  expect(snapshot(target)).toEqual(before);
  writeFileSync(site.members, members);
});

test('stops at a site that was sealed with another secret, unless told to replace it', async () => {
  const before = snapshot(target);
  const other: TestSite = { ...site, env: { ...site.env, KB_SECRET: 'abcd'.repeat(16) } };
  const { code, output } = await run(other, 'publish', ['--to', target]);
  expect(output).toContain('sealed with another secret');
  expect(code).toBe(1);
  expect(snapshot(target)).toEqual(before);

  const replaced = await run(other, 'publish', ['--to', target, '--new-secret']);
  expect(replaced.output).toContain('published build 20261126');
  // The record of what the old site showed can't be read.
  expect(replaced.output).toContain('what is new, changed or gone is unknown');
  await expect(enter(readFolder(target))).rejects.toThrow('no keys for this token');
  expect((await run(site, 'publish', ['--to', target, '--new-secret'])).code).toBe(0);
});

test('with a new secret, what the public may not read any more is removed, and no foreign files', async () => {
  const file = join(site.folder, 'content/notes/open.mdx');
  writeFileSync(file, noteOf({ title: '公开的一则', more: 'access: public\n', body: '谁都能读的一句。' }));
  expect((await publish()).code).toBe(0);
  rmSync(file);
  const foreign = {
    'a/notes.js': '',
    // Another site of ours, in a folder of this one.
    'en/index.html': '<!doctype html><html lang="en" data-base="/en/">',
    'media/podcast.mp3': '',
  };
  writeFiles(target, foreign);
  const other: TestSite = { ...site, env: { ...site.env, KB_SECRET: 'abcd'.repeat(16) } };
  const { output } = await run(other, 'publish', ['--to', target, '--new-secret']);
  expect(output).toContain('published build');
  const published = new Set(listFiles(site.out));
  const others = listFiles(target).filter((path) => !published.has(path) && !/^(?:o|publish)\//.test(path));
  expect(others).toEqual(['a\u001b[2J\n::error::b', ...Object.keys(foreign), 'verification.txt']);
  for (const path of Object.keys(foreign)) rmSync(join(target, path));
  expect((await run(site, 'publish', ['--to', target, '--new-secret'])).code).toBe(0);
});

test('a publish to an emptied target does not lower the build number, and forgets no member', async () => {
  const before = buildOf(target);
  for (const file of listFiles(target)) rmSync(join(target, file));
  const members = readFileSync(site.members, 'utf8');
  writeFileSync(site.members, '- id: anna\n');
  const { code, output } = await publish();
  expect(output).toContain('- id: ben\n  removed: 2026-11-22');
  expect(code).toBe(1);
  expect(existsSync(join(target, 'root'))).toBe(false);
  writeFileSync(site.members, members);
  expect((await publish()).code).toBe(0);
  expect(buildOf(target)).toBeGreaterThanOrEqual(before);
  writeFiles(target, { 'verification.txt': 'of a search engine' });
});

test('stops before the switch when the host does not serve what was uploaded', async () => {
  write('第三版正文。');
  const root = readFileSync(join(target, 'root'));
  const elsewhere = { ...site, env: { ...site.env, KB_SITE: `http://127.0.0.1:${nginx.port}/elsewhere/` } };
  // A second run has nothing left to send.
  for (const turn of ['first', 'second']) {
    const { code, output } = await run(elsewhere, 'publish', ['--to', target]);
    expect(output, turn).toMatch(/the host answers 404[^]*stopped before the switch.* serve .*\/www\?/);
    expect(code).toBe(1);
    expect(readFileSync(join(target, 'root'))).toEqual(root);
  }
});

test('a rollback never goes back to what a stopped publish would have shown', async () => {
  const live = buildOf(target);
  write('从没上线的一版。');
  // It has the live site, but gets none of the new files.
  const behind = createServer((request, response) =>
    request.url === '/root'
      ? response.end(readFileSync(join(target, 'root')))
      : response.writeHead(404).end(),
  );
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  const { port } = behind.address() as AddressInfo;
  const there = { ...site, env: { ...site.env, KB_SITE: `http://127.0.0.1:${port}/` } };
  const stopped = await run(there, 'publish', ['--to', target]);
  behind.close();
  expect(stopped.output).toMatch(/the host answers 404[^]*stopped before the switch/);
  write('第三版正文。');
  // As on a later day.
  const later = { ...site, env: { ...site.env, KB_NUMBER: String(live + 5) } };
  expect((await run(later, 'publish', ['--to', target])).code).toBe(0);
  const { output } = await publish('--rollback', '--dry-run');
  expect(output).toContain(`with the content of build ${live} of`);
});

test('a host that goes back to an older build gets no other one under a number that it has seen', async () => {
  const older = readFileSync(join(target, 'root'));
  expect((await publish()).code).toBe(0);
  const newer = buildOf(target);
  writeFileSync(join(target, 'root'), older);
  expect((await publish()).code).toBe(0);
  expect(buildOf(target)).toBe(newer + 1);
});

test('stops before it sends a page that names another path than the live ones', async () => {
  // A door or a worker with another path would break the site before the switch.
  const before = snapshot(target);
  const elsewhere = { ...site, env: { ...site.env, KB_SITE: `${site.env.KB_SITE!}elsewhere/` } };
  const stopped = await run(elsewhere, 'publish', ['--to', target]);
  expect(stopped.output).toMatch(/elsewhere\/root: the host answers 404\n.*stopped before the switch/);
  expect(stopped.code).toBe(1);
  expect(snapshot(target)).toEqual(before);
});

test('stops when KB_SITE was forgotten and the live site has a path', async () => {
  const withPath = { ...site, env: { ...site.env, KB_SITE: 'https://kb.example/path/' } };
  const other = join(site.folder, 'with-path');
  expect((await run(withPath, 'publish', ['--to', other, '--unverified'])).code).toBe(0);
  const before = snapshot(other);
  const forgotten = { ...site, env: { ...site.env, KB_SITE: '' } };
  const { code, output } = await run(forgotten, 'publish', ['--to', other]);
  expect(output).toContain(`the site at ${other} has the path /path/, but KB_SITE is not set`);
  expect(code).toBe(1);
  expect(snapshot(other)).toEqual(before);
});

test('a build is refused while a publish is sending the site', async () => {
  let answer = (): void => undefined;
  const built = new Promise<void>((resolve) => (answer = resolve));
  const slow = createServer((_, response) => void built.then(() => response.writeHead(404).end()));
  slow.listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const { port } = slow.address() as AddressInfo;
  const behindIt = { ...site, env: { ...site.env, KB_SITE: `http://127.0.0.1:${port}/slow/` } };
  const publishing = run(behindIt, 'publish', ['--to', target]);
  await Promise.race([once(slow, 'request'), publishing]);
  const root = readFileSync(join(site.out, 'root'));
  const { code, output } = await run(site, 'build');
  expect(output).toContain('another build or publish is running here');
  expect(code).toBe(1);
  expect(readFileSync(join(site.out, 'root'))).toEqual(root);
  answer();
  expect((await publishing).output).toContain('stopped before the switch');
  slow.close();
});

test('sends nothing when the content changes while it is built', async () => {
  const root = readFileSync(join(target, 'root'));
  const file = join(site.folder, 'content/notes/a.mdx');
  const before = readFileSync(file);
  const publishing = publish();
  await vi.waitFor(() => expect(existsSync(lockOf(site.out))).toBe(true), { timeout: 60_000, interval: 5 });
  write('半句还没写完的话。');
  const { code, output } = await publishing;
  expect(output).toContain('the content changed during the build; nothing was uploaded');
  expect(code).toBe(1);
  expect(readFileSync(join(target, 'root'))).toEqual(root);
  writeFileSync(file, before);
});

test('names a content folder that does not exist', async () => {
  const nowhere = { ...site, env: { ...site.env, KB_CONTENT: join(site.folder, 'nowhere') } };
  const { code, output } = await run(nowhere, 'publish', ['--to', target]);
  expect(output).toMatch(/KB_CONTENT: there is no folder .*nowhere\n?$/);
  expect(output).not.toContain('ENOENT');
  expect(code).toBe(1);
});

test('stops when the clock is years off the host’s', async () => {
  const earlier = createServer((_, response) =>
    response.setHeader('Date', 'Sun, 22 Nov 2020 08:00:00 GMT').writeHead(404).end(),
  );
  earlier.listen(0, '127.0.0.1');
  await once(earlier, 'listening');
  const { port } = earlier.address() as AddressInfo;
  const root = readFileSync(join(target, 'root'));
  const behindIt = { ...site, env: { ...site.env, KB_SITE: `http://127.0.0.1:${port}/`, KB_DATE: '' } };
  const { code, output } = await run(behindIt, 'publish', ['--to', target]);
  expect(output).toMatch(/clock says [\d-]+, [\d,]+ days ahead of the host's; nothing was built/);
  expect(code).toBe(1);
  expect(readFileSync(join(target, 'root'))).toEqual(root);
  earlier.close();
});

test('removes objects two weeks after the last site that needed them, and no foreign files', async () => {
  const objects = () => listFiles(target).filter((file) => file.startsWith('o/')).length;
  expect((await publish()).code).toBe(0);
  const kept = objects();
  site.env.KB_DATE = '2026-12-20';
  expect((await publish()).code).toBe(0);
  expect(objects()).toBeLessThan(kept);
  expect(await reads()).toContain('第三版正文');
  expect(existsSync(join(target, 'verification.txt'))).toBe(true);
  expect(listFiles(target).filter((file) => /^publish\/(?!record$)/.test(file))).toEqual([]);
});

test.each([
  [[], /no target given; write npm run publish -- --to TARGET/],
  [['--to', 'ftp://x'], /not a supported target/],
  [['--to', 'ssh://x'], /not an address like ssh/],
  [['--to', 's3://b?acl=public'], /not an address like s3/],
  [
    ['--to', 's3://b?endpoint=oss-cn-hangzhou.aliyuncs.com'],
    /endpoint=https:\/\/oss-cn-hangzhou.aliyuncs.com/,
  ],
  [['--to', 's3://b?endpoint=127.0.0.1:9000'], /endpoint=https:\/\/127.0.0.1:9000/],
  [['--to', '.'], /overlaps/],
])('wrong use gives one line and exit code 2: %j', async (args, message) => {
  const { code, output } = await run(site, 'publish', args);
  expect(output).toMatch(message);
  expect(code).toBe(2);
});
