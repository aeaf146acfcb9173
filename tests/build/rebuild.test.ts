import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { objectAddress, parseRoot } from '../../src/vault/index.ts';
import { build, run, start, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { canary, noteOf } from '../lib/tiny.ts';
import { difference, snapshot } from '../lib/folder.ts';
import { withLock } from '../../scripts/lib/lock.ts';
import { lockOf, recover } from '../../scripts/lib/output.ts';
import { runPackage } from '../../scripts/lib/run.ts';
import { projectRoot, readSettings } from '../../scripts/lib/settings.ts';

const members = '- id: anna\n- id: ben\n';

async function tinySite(name: string): Promise<TestSite> {
  const site = withContent(testSite(name), {
    'notes/first/index.mdx': noteOf({
      title: '第一则',
      body: `${canary}\n\n<Attachment src="./list.csv" title="名单" />`,
    }),
    'notes/first/list.csv': `序号,名称\n${'1,挂钩\n'.repeat(40_000)}`,
    'notes/second.mdx': noteOf({ title: '第二则' }),
  });
  writeFiles(site.folder, { 'members.yaml': members });
  await build(site);
  return site;
}

const rootOf = (site: TestSite) => parseRoot(new Uint8Array(readFileSync(join(site.out, 'root'))));

describe('building again', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await tinySite('rebuild');
  });

  test('gives the same bytes from the same input', async () => {
    const before = snapshot(site.out);
    const other = await tinySite('rebuild-twin');
    expect(difference(before, snapshot(other.out))).toEqual({ added: [], removed: [], changed: [] });
    await build(site);
    expect(snapshot(site.out)).toEqual(before);
  });

  // Astro replaces files in `.astro/`: if two runs do so at the same time, one fails.
  test('shares no file that Astro writes with another build', async () => {
    const written = () => {
      const folder = join(projectRoot, '.astro');
      return existsSync(folder)
        ? readdirSync(folder).map((file) => statSync(join(folder, file)).mtimeMs)
        : [];
    };
    const before = written();
    await build(site);
    expect(written()).toEqual(before);
  });

  test('leaves nothing of members’ text readable', () => {
    const all = Object.keys(snapshot(site.out)).map((file) => readFileSync(join(site.out, file)));
    expect(all.some((bytes) => bytes.includes(canary.slice(0, 12)))).toBe(false);
    expect(all.some((bytes) => bytes.includes('第一则'))).toBe(false);
  });

  test('touches nothing but sealed files and root when an entry changes', async () => {
    const before = snapshot(site.out);
    const file = join(site.folder, 'content/notes/second.mdx');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, noteOf({ title: '第二则', body: '改过的正文一段。' }));
    await build(site);
    const { added, removed, changed } = difference(before, snapshot(site.out));
    expect(changed).toEqual(['root']);
    expect([...added, ...removed].every((path) => path.startsWith('o/'))).toBe(true);
    // The page, the lists with it, the index and the table's shards: few of several hundred objects.
    expect(added.length).toBe(removed.length);
    writeFileSync(file, text);
    await build(site);
    expect(snapshot(site.out)).toEqual(before);
  });

  test('renders again only for the audience whose pages changed', async () => {
    const { work } = readSettings(site.env);
    const written = (audience: string) => statSync(join(work, 'pages', audience, 'index.html')).mtimeMs;
    const before = { public: written('public'), members: written('members') };
    const file = join(site.folder, 'content/notes/second.mdx');
    writeFileSync(file, noteOf({ title: '第二则', body: '又改过的一段。' }));
    await build(site);
    expect(written('public')).toBe(before.public);
    expect(written('members')).toBeGreaterThan(before.members);
  });

  test('does not trust files that somebody else changed', async () => {
    const before = snapshot(site.out);
    const page = join(readSettings(site.env).work, 'pages/public/index.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('</main>', '<p>别人写的。</p></main>'));
    // A file that someone changed in the current site, and a link to a file elsewhere.
    writeFileSync(join(site.out, '404.html'), '<p>别人写的。</p>');
    const [linked, elsewhere] = [join(site.out, 'sw.js'), join(site.folder, 'elsewhere.js')];
    renameSync(linked, elsewhere);
    symlinkSync(elsewhere, linked);
    await build(site);
    expect(snapshot(site.out)).toEqual(before);
    expect(lstatSync(linked).isFile()).toBe(true);
  });

  test('gives the same bytes as a build that remembers nothing', async () => {
    const before = snapshot(site.out);
    rmSync(readSettings(site.env).work, { recursive: true });
    await build(site);
    expect(snapshot(site.out)).toEqual(before);
  });

  test('keeps the names of media when a member is removed', async () => {
    const before = snapshot(site.out);
    const { epoch } = rootOf(site);
    await run(site, 'members', ['remove', 'ben']);
    await build(site);
    expect(rootOf(site).epoch).not.toBe(epoch);
    const after = snapshot(site.out);
    const kept = Object.keys(after).filter((path) => path.startsWith('o/') && path in before);
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.every((path) => before[path] === after[path])).toBe(true);
  });

  test('keeps out a member whose line was deleted instead of marked', async () => {
    const { epoch } = rootOf(site);
    writeFileSync(site.members, '- id: anna\n');
    const { output } = await run(site, 'build');
    expect(output).not.toContain('"anna"');
    expect(rootOf(site).epoch).toBe(epoch);
  });

  test('stops when the members file is gone, instead of shutting everybody out', async () => {
    const before = snapshot(site.out);
    const env = { ...site.env, KB_MEMBERS: join(site.folder, 'member.yaml') };
    const { code, output } = await run({ ...site, env }, 'build');
    expect(output).toContain('Is KB_MEMBERS right?');
    expect(code).toBe(1);
    expect(snapshot(site.out)).toEqual(before);
  });

  test('stops when the list of issued tokens is gone', async () => {
    const ledger = join(site.out, objectAddress(rootOf(site).ledger!));
    const bytes = readFileSync(ledger);
    rmSync(ledger);
    const { code, output } = await run(site, 'build');
    expect(output).toContain('restore the whole folder');
    expect(code).toBe(1);
    writeFileSync(ledger, bytes);
  });

  test('stops for one planted sentence and leaves the last good site', async () => {
    const before = snapshot(site.out);
    const { code, output } = await run(
      {
        ...site,
        env: { ...site.env, NODE_OPTIONS: `--import=${join(projectRoot, 'tests/build/plant.mjs')}` },
      },
      'build',
    );
    expect(output).toMatch(/404\.html/);
    expect(code).toBe(1);
    expect(snapshot(site.out)).toEqual(before);
  });

  test.each(['check', 'render', 'seal', 'audit'])('survives a kill after "%s"', async (name) => {
    const before = snapshot(site.out);
    const building = start(site, 'build');
    await new Promise<void>((resolve) => {
      building.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes(`${name}:`)) {
          building.kill('SIGKILL');
          resolve();
        }
      });
    });
    await new Promise((resolve) => building.on('close', resolve));
    // Every command that reads the folder starts with this; the kill may have happened between the two renames.
    await recover(site.out);
    expect(snapshot(site.out)).toEqual(before);
  });

  test('restores the site when a kill fell between the two renames', async () => {
    const before = snapshot(site.out);
    rmSync(`${site.out}.jinghua-previous`, { recursive: true, force: true });
    renameSync(site.out, `${site.out}.jinghua-previous`);
    const preview = start(site, 'preview', []);
    await new Promise<void>((resolve) => preview.stdout.once('data', () => resolve()));
    preview.kill('SIGINT');
    await new Promise((resolve) => preview.on('close', resolve));
    expect(snapshot(site.out)).toEqual(before);
  });

  test('stops where another build writes the same site, even from another content folder', async () => {
    const before = snapshot(site.out);
    const other = withContent(testSite('rebuild-other'), { 'notes/other.mdx': noteOf() });
    const held = lockOf(site.out);
    const { code, output } = await withLock(held, async () => {
      const refused = await run({ ...other, env: { ...other.env, KB_OUT: site.out } }, 'build');
      expect(existsSync(held)).toBe(true);
      return refused;
    });
    expect(output).toContain(`another build or publish is running here (process ${process.pid})`);
    expect(code).toBe(1);
    expect(snapshot(site.out)).toEqual(before);
  });

  test('is not done by `astro build`, which leaves dist/ unchanged', async () => {
    const before = snapshot(join(projectRoot, 'dist'));
    const pages = join(site.folder, 'pages');
    const code = await runPackage('astro/bin/astro.mjs', ['build'], {
      KB_CONTENT: join(site.folder, 'content'),
      KB_WORK: pages,
    });
    expect(code).toBe(0);
    expect(snapshot(join(projectRoot, 'dist'))).toEqual(before);
    rmSync(pages, { recursive: true });
  });
});
