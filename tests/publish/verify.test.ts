import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logicalPath } from '../../scripts/lib/page-files.ts';
import { serve, type Serving } from '../../scripts/lib/serve.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import type { SealedSource } from '../../scripts/lib/site.ts';
import { SealedSite, type Read } from '../../scripts/verify/sealed-site.ts';
import { openAll } from '../../scripts/verify/sealed.ts';
import {
  deriveTierKeys,
  encodeRoot,
  objectAddress,
  parseRoot,
  parseSecret,
  sealObject,
  sealTable,
  signRoot,
  type Bytes,
  type SealedFile,
  type TableEntry,
} from '../../src/vault/index.ts';
import { guards } from '../../src/gate/policy.ts';
import { sampleFolder } from '../lib/sample.ts';
import { build, run, testSecret, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { pagesOf, readFolder } from './visit.ts';

type Plant = (response: ServerResponse, request: IncomingMessage) => void;

/** A static server that behaves differently at some paths. */
class Host {
  readonly planted = new Map<string, Plant>();
  #serving!: Serving;

  async start(folder: string, base = ''): Promise<this> {
    this.#serving = await serve({
      folder,
      base,
      port: 0,
      onRequest: (request, response) => this.planted.get(request.url ?? '')?.(response, request),
    });
    return this;
  }

  get url(): string {
    return this.#serving.url;
  }

  close(): Promise<void> {
    return this.#serving.close();
  }
}

const answer =
  (status: number, body: string | Uint8Array = '', headers: Record<string, string> = {}): Plant =>
  (response) =>
    response.writeHead(status, headers).end(body);
const header =
  (name: string, value: string): Plant =>
  (response) =>
    void response.setHeader(name, value);

/** Runs the check without the secret, as on a machine that isn't the operator's. */
async function verify(site: TestSite, url: string) {
  const { code, output } = await run(site, 'members', ['verify', url]);
  const findings = output.split('\n').filter((line) => line.startsWith(url) || line.startsWith('…'));
  return { code, output, findings: findings.map((line) => line.slice(url.length)).sort() };
}

describe('verifying from elsewhere, with dist/ of the same build', () => {
  const out = join(sampleFolder(''), 'dist');
  const bare = testSite('verify');
  const site = { ...bare, env: { ...bare.env, KB_OUT: out, KB_SECRET: '', CI: 'true' } };
  const read = (file: string) => new Uint8Array(readFileSync(join(out, file)));
  let host: Host;
  beforeAll(async () => {
    host = await new Host().start(out);
  });
  afterAll(() => host.close());

  test('finds nothing wrong with an honest host', async () => {
    const { code, output, findings } = await verify(site, host.url);
    expect(findings).toEqual([]);
    expect(output).toContain('but opened no sealed ones, because no secret is set');
    // A plain host sends none of the security headers; pages have them in a meta tag.
    expect(output.match(/does not send/g)).toHaveLength(Object.keys(guards).length);
    expect(code).toBe(0);
  });

  test('finds each planted fault, and nothing else', async () => {
    const script = listFiles(out).find((file) => /^a\/.*\.js$/.test(file))!;
    const style = listFiles(out).find((file) => /^a\/.*\.css$/.test(file))!;
    const object = listFiles(out).find((file) => file.startsWith('o/'))!;
    const door = readFileSync(join(out, 'talks/index.html'), 'utf8');
    const root = Buffer.from(read('root')).toString().replace('"epoch":"', '"epoch":"0');
    const changed = new TextEncoder().encode(root.replace(/("epoch":"0.{31})./, '$1'));
    const html = { 'Content-Type': 'text/html' };
    const plants: [path: string, plant: Plant, problem: string][] = [
      [
        'talks/',
        answer(200, door.replace('</body>', '<script src="/x.js"></script></body>'), html),
        'differs from the file here',
      ],
      [
        'sw.js',
        answer(200, `${Buffer.from(read('sw.js')).toString()}//`, { 'Content-Type': 'text/javascript' }),
        'differs from the file here',
      ],
      [script, answer(200, '', { 'Content-Type': 'text/javascript' }), 'differs from the file here'],
      [object, answer(200, read('robots.txt')), 'differs from the file here'],
      ['root', answer(200, changed), 'differs from the file here'],
      [style, answer(200, read(style), html), 'is served as text/html'],
      ['robots.txt', answer(404), 'the host answers 404'],
      [
        'favicon.ico',
        answer(302, '', { Location: 'https://x.example/\u009b2J' }),
        'the host answers 302 and redirects to https://x.example/�2J',
      ],
      [
        'notes/',
        header('Content-Security-Policy', 'default-src *'),
        'sends a Content-Security-Policy other than the site’s: default-src *',
      ],
      ['people/', header('Refresh', '0; url=https://x.example/'), 'sends Refresh: 0; url=https://x.example/'],
      ['digests/', header('Clear-Site-Data', '"storage"'), 'sends Clear-Site-Data: "storage"'],
      ['series/', header('Cache-Control', 'public, s-maxage=604800'), 'may be cached for 604800 seconds'],
      // A response that never ends; no more is read than the file's length.
      ['topics/', (response) => flood(response.writeHead(200, html)), 'differs from the file here'],
      ['quotes/', (response) => response.destroy(), 'socket hang up'],
      ['.git/HEAD', answer(200, 'ref: refs/heads/main\n'), leak],
      ['members.yaml', answer(206, '- id: anna\n'), leak],
      ['content/topics.yaml', answer(200, 'x'), leak],
      [`${script}.map`, answer(200, '{}'), leak],
      ['.env', answer(403), ''],
      ['.kb-secret', answer(301, '', { Location: '/' }), ''],
    ];
    for (const [path, plant] of plants) host.planted.set(`/${path}`, plant);
    const { code, findings } = await verify(site, host.url);
    host.planted.clear();
    const expected = plants.filter(([, , problem]) => problem !== '');
    expect(findings).toEqual(expected.map(([path, , problem]) => `${path}: ${problem}`).sort());
    expect(code).toBe(1);
  });

  test('names in one line a dist/ that another version wrote', async () => {
    const later = join(bare.folder, 'later');
    writeFiles(later, { root: '{"format":9}\n' });
    const { code, output } = await verify({ ...site, env: { ...site.env, KB_OUT: later } }, host.url);
    expect(output).toMatch(
      /later\/root: is not a root file written by this version; choose another KB_OUT$/m,
    );
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });

  test('reports a host that answers 200 at any address', async () => {
    const everything = await new Host().start(out);
    // Longer than what is read at an address where the site has nothing.
    const page = Buffer.concat([read('index.html'), Buffer.alloc(2 ** 18, ' ')]);
    everything.planted.get = () => (response, request) => {
      if (!/\/$|\.\w+$|root$|\/o\//.test(request.url ?? '')) return;
      const isThere = listFiles(out).some((file) => `/${file}`.replace(/index\.html$/, '') === request.url);
      if (!isThere) answer(200, page)(response, request);
    };
    const { code, findings } = await verify(site, everything.url);
    await everything.close();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^[0-9a-f]{16}\/: the host answers 200 for a missing file$/);
    expect(code).toBe(1);
  });

  test('reports a missing host, a missing root and wrong use', async () => {
    const gone = await new Host().start(out);
    await gone.close();
    const none = await verify(site, gone.url);
    expect(none.findings).toEqual([expect.stringMatching(/^root: connect ECONNREFUSED/)]);
    expect(none.code).toBe(1);
    expect((await verify(site, `${host.url}elsewhere/`)).findings).toEqual(['root: the host answers 404']);
    host.planted.set('/root', answer(200, '{"format":2}'));
    expect((await verify(site, host.url)).findings).toEqual(['root: root of unknown format version']);
    expect((await verify(site, 'kb.example.com')).code).toBe(2);
  });
});

const leak = 'is readable by everyone, but is not a file of the site';

function flood(response: ServerResponse): void {
  const more = () => {
    while (response.write('x'.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}

test('verifying with the secret and no dist/ renders what the host should have, and opens all of it', async () => {
  const site = withContent(testSite('verify-sealed'), {
    'notes/b/index.mdx': noteOf({ body: '<Attachment src="./list.csv" title="名单" />' }),
    'notes/b/list.csv': '序号,名称\n1,挂钩\n',
  });
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n' });
  const host = await new Host().start(site.out, '/kb');
  site.env.KB_SITE = host.url;
  await build(site);
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n  removed: 2026-11-01\n' });
  const { code, output, findings } = await verify(
    { ...site, env: { ...site.env, KB_OUT: join(site.folder, 'none') } },
    host.url,
  );
  await host.close();
  expect(findings).toEqual([]);
  expect(output).toMatch(/and opened \d+ sealed ones$/m);
  expect(output).toContain('has other members than the members file has now');
  expect(code).toBe(0);
});

describe('verifying a host that has a member’s keys', () => {
  const out = join(sampleFolder(''), 'dist');
  const secret = parseSecret(testSecret);
  const bytes = new Uint8Array(readFileSync(join(out, 'root')));
  const root = { bytes, parsed: parseRoot(bytes) };
  const settings = { members: join(sampleFolder(''), 'members.yaml') };
  let read: Read;
  let sealed: Map<string, SealedSource>;

  beforeAll(async () => {
    read = readFolder(out);
    const site = (await SealedSite.ofOperator(secret, bytes, read))!;
    const pages = await Promise.all(
      pagesOf(out)
        .map(logicalPath)
        .map(async (path) => [path, await site.open(path)] as const),
    );
    sealed = new Map(
      pages.flatMap(([path, page]) =>
        page ? [[path, { type: 'text/html', kind: 'object', read: () => page }] as const] : [],
      ),
    );
  });

  /** Returns what is found if the host serves other bytes for some files. */
  const look = (replaced: Record<string, Bytes>, { parsed } = root) =>
    openAll(
      {
        address: 'https://x',
        root: { bytes: encodeRoot(parsed), parsed },
        read: (path) => (path in replaced ? Promise.resolve(replaced[path]!) : read(path)),
        secret,
      },
      new Map([['members', sealed]]),
      settings,
    );

  test('finds nothing when the host has changed nothing', async () => {
    expect(sealed.size).toBeGreaterThan(50);
    expect(await look({})).toEqual({ findings: [], isMembershipPublished: true });
  });

  test('finds a page that the host sealed itself, and one that it left out', async () => {
    const { epoch } = root.parsed;
    const keys = await deriveTierKeys(secret, 'members', epoch);
    const entries = new Map<string, TableEntry>();
    const files: Record<string, Bytes> = {};
    const put = ({ name, bytes: content }: SealedFile) => {
      files[objectAddress(name)] = content;
      return name;
    };
    for (const [path, { type, read: source }] of sealed) {
      if (path === '/people/') continue;
      const page = path === '/talks/' ? new TextEncoder().encode('ours') : source();
      entries.set(path, { kind: 'object', name: put(await sealObject(keys, path, { type, bytes: page })) });
    }
    const shards = (await sealTable(keys, entries)).map(put);
    const parsed = await signRoot({ ...root.parsed, tables: { [keys.reader.keyId]: { shards } } }, [keys]);
    expect((await look(files, { bytes, parsed })).findings).toEqual([
      { address: 'https://x/people/', problem: 'members find nothing at this address' },
      { address: 'https://x/talks/', problem: 'members read other bytes at this address than here' },
    ]);
  });

  test('finds a root that the host made itself, and a key store that is cut', async () => {
    const parsed = { ...root.parsed, build: root.parsed.build + 1 };
    expect((await look({}, { bytes, parsed })).findings).toHaveLength(1);
    const store = objectAddress(root.parsed.keystore[0]!);
    const { findings } = await look({ [store]: (await read(store))!.slice(0, -1) });
    expect(findings.map(({ address }) => address)).toEqual(['https://x/root']);
  });
});
