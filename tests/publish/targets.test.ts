import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { readRecord } from '../../scripts/publish/record.ts';
import { openTarget } from '../../scripts/publish/open-target.ts';
import type { Target } from '../../scripts/publish/target.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { parseSecret } from '../../src/vault/index.ts';
import { build, testSecret, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { startNginx, startS3, startSsh, test, type Server } from './servers.ts';
import { enter, look, pagesOf, readFolder, readUrl, type Seen } from './visit.ts';

const work = join(projectRoot, '.work', 'tests', 'publish');
const before = siteOf('before', {
  'notes/kept.mdx': noteOf({ title: '不变的一则' }),
  'notes/changed.mdx': noteOf({ title: '会改的一则' }),
  'notes/removed.mdx': noteOf({ title: '会删的一则' }),
  'notes/open.mdx': noteOf({ title: '公开的一则', more: 'access: public\n' }),
  'notes/closing.mdx': noteOf({ title: '先公开的一则', more: 'access: public\n' }),
});
const after = siteOf('after', {
  'notes/kept.mdx': noteOf({ title: '不变的一则' }),
  'notes/changed.mdx': noteOf({ title: '会改的一则', body: '改过的正文。' }),
  'notes/added/index.mdx': noteOf({
    title: '新的一则',
    body: '<Attachment src="./list.csv" title="名单" />',
  }),
  'notes/added/list.csv': '序号,名称\n1,挂钩\n',
  'notes/open.mdx': noteOf({ title: '公开的一则', more: 'access: public\n', body: '改过的公开正文。' }),
  'notes/closing.mdx': noteOf({ title: '先公开的一则' }),
});

function siteOf(name: string, files: Record<string, string>): TestSite {
  const site = withContent(testSite(`publish-${name}`, { KB_NUMBER: name === 'before' ? '1' : '2' }), files);
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n' });
  return site;
}

/** A kind of target, with the folder where its server keeps the files, and the address for visitors. */
interface Place {
  to: string;
  folder: string;
  url: string;
  env: Record<string, string>;
  target: Target;
}

const servers: Server[] = [];
const places: Record<string, Place> = {};
let seenBefore: Seen;
let seenAfter: Seen;

beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  await build(before);
  await build(after);
  seenBefore = await seenIn(before.out);
  seenAfter = await seenIn(after.out);

  const ssh = await startSsh(join(work, 'sshd'));
  const s3 = await startS3(join(work, 's3'));
  servers.push(ssh, s3);
  const local = join(work, 'local');
  const remote = join(work, 'remote');
  const add = async (name: string, nginx: Promise<Server>, place: Omit<Place, 'url' | 'target'>) => {
    const server = await nginx;
    servers.push(server);
    Object.assign(process.env, place.env);
    const target = openTarget(place.to, { root: projectRoot, out: after.out, content: after.out });
    places[name] = { ...place, target, url: `http://127.0.0.1:${server.port}/` };
  };
  await add('a folder', startNginx(join(work, 'nginx-local'), { folder: local }), {
    to: local,
    folder: local,
    env: {},
  });
  await add('rsync over ssh', startNginx(join(work, 'nginx-remote'), { folder: remote }), {
    to: `ssh://${ssh.user}@127.0.0.1:${ssh.port}${remote}`,
    folder: remote,
    env: { RSYNC_RSH: ssh.rsh },
  });
  await add('S3', startNginx(join(work, 'nginx-s3'), { bucket: 'kb', port: s3.port }), {
    to: `s3://kb?endpoint=http://127.0.0.1:${s3.port}&path-style=true`,
    folder: join(work, 's3', 'kb'),
    env: { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' },
  });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const killed = [
  'upload: new files, middle',
  'upload: changed files, middle',
  'upload: new pages, middle',
  'upload: changed pages, middle',
  'switch, start',
  'switch, end',
  'remove, start',
];

describe.each(['a folder', 'rsync over ssh', 'S3'])('publishing to %s', (kind) => {
  let place: Place;
  beforeAll(async () => {
    place = places[kind]!;
    expect(await upload(place, before)).toBe(0);
    cpSync(place.folder, `${place.folder}-base`, { recursive: true });
  });
  const reset = () => {
    rmSync(place.folder, { recursive: true, force: true });
    cpSync(`${place.folder}-base`, place.folder, { recursive: true });
  };

  test('shows the first site, then the second, and goes on serving an open page of the first', async () => {
    reset();
    const read = readUrl(place.url);
    const visit = await enter(read);
    expect(await look(visit, read, pagesOf(before.out))).toEqual(seenBefore);

    expect(await upload(place, after)).toBe(0);
    expect(await look(await enter(read), read, pagesOf(after.out))).toEqual(seenAfter);
    // The removed note's door is gone, but pages that are open still work.
    expect(await look(visit, readFolder(before.out), pagesOf(before.out))).toEqual(seenBefore);
    expect(await read('notes/removed/index.html')).toBeNull();
    expect(new TextDecoder().decode((await read('notes/closing/'))!)).not.toContain('先公开的一则');
  });

  test('sends nothing that is there already', async () => {
    reset();
    const sent = await uploadSaying(place, before);
    expect(sent.output).toBe('switch\n');
  });

  test.each(killed)(
    'killed at "%s" leaves the whole old site or the whole new one, and a second run finishes',
    async (at) => {
      reset();
      const [step = '', point = ''] = at.split(', ');
      expect(await upload(place, after, step, point)).toBeNull();

      const read = readUrl(place.url);
      const site = await enter(read);
      const [whole, seen] = site.root.build === 2 ? [after, seenAfter] : [before, seenBefore];
      expect(await look(site, read, pagesOf(whole.out))).toEqual(seen);

      expect(await upload(place, after)).toBe(0);
      expect(await look(await enter(read), read, pagesOf(after.out))).toEqual(seenAfter);
      expect(await readableAt(place)).toEqual(listFiles(after.out).filter((file) => !file.startsWith('o/')));
    },
  );

  test('a run that is killed before it has reported leaves what it has to report to the next one', async () => {
    reset();
    const shown = async () => (await readRecord(place.target, parseSecret(testSecret)))?.shown;
    const earlier = await shown();
    expect(await upload(place, after, 'report')).not.toBe(0);
    expect(await shown()).toEqual(earlier);
    expect(await upload(place, after)).toBe(0);
    expect(await shown()).toEqual({ build: '2' });
  });

  test('refuses a second publisher while one is at work', async () => {
    reset();
    const claim = { machine: 'another', process: 1, renewed: Date.now() };
    await put(place, 'publish/claims/0123456789abcdef', JSON.stringify(claim));
    const { code, output } = await uploadSaying(place, after);
    expect(output).toContain('another publisher is working');
    expect(code).toBe(1);
    // The other publisher's clock says nothing.
    await put(place, 'publish/claims/0123456789abcdef', JSON.stringify({ ...claim, renewed: 0 }));
    expect(await upload(place, after)).toBe(1);
    const eleven = new Date(Date.now() - 11 * 60_000);
    for (const file of readdirSync(join(place.folder, 'publish/claims'))) {
      utimesSync(join(place.folder, 'publish/claims', file), eleven, eleven);
    }
    await put(place, 'publish/claims/fedcba9876543210', JSON.stringify({ ...claim, renewed: Infinity }));
    expect(await upload(place, after)).toBe(1);
    await place.target.remove(['publish/claims/fedcba9876543210']);
    expect(await upload(place, after)).toBe(0);
    expect([...(await place.target.times('publish/claims/')).keys()]).toEqual([]);
  });
});

function upload(place: Place, site: TestSite, ...kill: string[]): Promise<number | null> {
  return uploadSaying(place, site, ...kill).then(({ code }) => code);
}

async function uploadSaying(place: Place, site: TestSite, ...kill: string[]) {
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'tests/publish/upload.ts'), place.to, site.out, ...kill],
    {
      env: { ...process.env, ...place.env },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}

async function seenIn(folder: string): Promise<Seen> {
  const read = readFolder(folder);
  return look(await enter(read), read, pagesOf(folder));
}

async function readableAt(place: Place): Promise<string[]> {
  const files = await place.target.list('');
  return [...files.keys()].filter((file) => !/^(?:o|publish)\//.test(file)).sort();
}

async function put(place: Place, path: string, text: string): Promise<void> {
  const folder = join(work, 'put');
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  await place.target.write(folder, [path]);
}
