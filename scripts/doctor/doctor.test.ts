import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guards } from '../../src/gate/policy.ts';
import {
  deriveTierKeys,
  encodeRoot,
  issueToken,
  parseSecret,
  signRoot,
  siteTagOf,
} from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { initRepository } from '../../tests/lib/repository.ts';
import { site } from '../../src/site.ts';
import { testSecret, writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { serve, type Serving } from '../lib/serve.ts';
import { projectRoot, readSettings } from '../lib/settings.ts';
import { sealSite } from '../steps/seal.ts';
import { examineCommunity } from './community.ts';
import { examineContent } from './content.ts';
import type { Diagnosis } from './diagnosis.ts';
import { examineMachine } from './machine.ts';
import { examineMembers } from './members.ts';
import { examineRepository, examineTree } from './repository.ts';
import { examineSecret } from './secret.ts';
import { examineSite } from './site.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  vi.stubEnv('KB_SECRET', testSecret);
});

const settings = (env: Record<string, string> = {}) => ({
  ...readSettings({ KB_MEMBERS: join(root, 'members.yaml'), KB_DATE: '2026-11-22', ...env }),
  root,
});
const wrong = (diagnoses: Diagnosis[]) =>
  diagnoses.flatMap(({ level, found }) => (level === 'error' || level === 'warning' ? [found] : []));

describe('the secret', () => {
  test('is fine when no file of the repository contains it', () => {
    initRepository(root);
    writeFiles(root, { 'notes.txt': 'nothing' });
    expect(wrong(examineSecret(settings()))).toEqual([]);
  });

  test.each(['hex', 'base64', 'base64url'] as const)(
    'is reported in a file of the working tree, written as %s',
    (form) => {
      initRepository(root);
      writeFiles(root, { 'deploy/notes.txt': `x=${Buffer.from(parseSecret(testSecret)).toString(form)}\n` });
      expect(wrong(examineSecret(settings()))).toEqual(['found in deploy/notes.txt']);
    },
  );

  test('is reported as unknown when git could not search', async () => {
    const { git } = initRepository(root);
    // No other git command that the doctor runs minds this setting.
    git('config', 'grep.threads', 'many');
    const diagnoses = [...examineSecret(settings()), ...(await examineTree(settings()))];
    expect(diagnoses.map(({ level, subject }) => `${level} ${subject}`)).toEqual([
      'ok secret',
      'unknown secret',
      'unknown links',
    ]);
  });

  test('is reported when git tracks what must not be tracked, with a command that runs nothing of its name', () => {
    const { git } = initRepository(root);
    writeFiles(root, { '.work/x; $(touch y)\u001bc': '' });
    git('add', '.work');
    const [tracked] = examineSecret(settings()).filter(({ level }) => level === 'error');
    expect(tracked!.found).toBe(String.raw`git tracks .work/x; $(touch y)\u{1b}c`);
    expect(tracked!.remedy).toMatch(/^git rm -r --cached \.work; /);
  });

  test('is reported when git tracks it or others can read it', () => {
    const { git } = initRepository(root);
    writeFiles(root, { '.kb-secret': `${'ab'.repeat(32)}\n` });
    chmodSync(join(root, '.kb-secret'), 0o644);
    git('add', '.kb-secret');
    expect(wrong(examineSecret(settings()))).toEqual([
      'other users of this machine can read .kb-secret',
      'git tracks .kb-secret',
    ]);
  });

  test('is reported when it is malformed, without stopping the other checks', async () => {
    initRepository(root);
    vi.stubEnv('KB_SECRET', 'too short');
    expect(wrong(examineSecret(settings()))).toEqual([expect.stringContaining('not 32 bytes')]);
    expect(await examineTree(settings())).toEqual([]);
  });
});

test('a member’s token in the working tree is reported, and one of another site is not', async () => {
  initRepository(root);
  writeFiles(root, {
    'a.md': `https://kb.example/#key=${await issueToken(parseSecret(testSecret), 'anna', 1)}\n`,
    'b.md': `https://kb.example/#key=${await issueToken(parseSecret('ab'.repeat(32)), 'anna', 1)}\n`,
  });
  expect(wrong(await examineTree(settings()))).toEqual(["a member's token is in a.md"]);
});

test('the repositories of the content and of the members file are searched too', async () => {
  vi.stubEnv('KB_SECRET', testSecret);
  const token = await issueToken(parseSecret(testSecret), 'anna', 1);
  const places = ['project', 'elsewhere/content', 'people'].map((name) => join(root, name));
  const [project = '', content = '', people = ''] = places;
  for (const place of [project, join(root, 'elsewhere'), people]) {
    mkdirSync(place);
    initRepository(place);
    writeFiles(place, { '说明.md': `${token} ${testSecret}\n` });
  }
  mkdirSync(content);
  symlinkSync(content, join(project, 'content'));
  const apart = {
    ...settings({ KB_CONTENT: join(project, 'content'), KB_MEMBERS: join(people, 'members.yaml') }),
    root: project,
  };
  const files = '说明.md, ../elsewhere/说明.md, ../people/说明.md';
  expect(wrong(await examineTree(apart))).toEqual([`a member's token is in ${files}`]);
  expect(wrong(examineSecret(apart))).toEqual([`found in ${files}`]);
});

test('a repository that strangers can read is reported, and one that asks for a password is not', async () => {
  const { git } = initRepository(root);
  git('init', '-q', '--bare', 'bare.git');
  git('-C', 'bare.git', 'update-server-info');
  let isOpen = true;
  const host = await serve({
    folder: root,
    base: '',
    port: 0,
    onRequest: (request, response) => {
      const isKnown = request.headers.authorization !== undefined;
      if (!isOpen && !isKnown) response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end();
    },
  });
  // In another process, because this one runs the server.
  const script = `import { examineRepository } from ${JSON.stringify(join(import.meta.dirname, 'repository.ts'))};
    console.log(JSON.stringify(examineRepository(${JSON.stringify(root)})));`;
  const examine = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module-typescript',
      '-e',
      script,
    ]);
    return wrong(JSON.parse(stdout) as Diagnosis[]);
  };
  git('remote', 'add', 'origin', `${host.url.replace('http://', 'http://me:secret@')}bare.git`);
  expect(await examine()).toEqual([
    expect.stringMatching(/^origin: anyone can read http:\/\/127.0.0.1:\d+\/bare.git/),
  ]);
  // The configuration of a foreign repository around the temporary folder is ignored.
  const left = join(root, 'tmp');
  mkdirSync(left);
  vi.stubEnv('TMPDIR', left);
  git('init', '-q', left);
  git('-C', left, 'config', 'url.http://127.0.0.1:1/.insteadOf', host.url);
  expect(await examine()).toHaveLength(1);
  isOpen = false;
  // This operator's own credentials are not used either.
  writeFiles(root, { '.netrc': 'machine 127.0.0.1 login me password secret\n' });
  vi.stubEnv('HOME', root);
  expect(await examine()).toEqual([]);
  await host.close();
  vi.unstubAllEnvs();
  expect(examineRepository(tmpdir())[0]?.level).toBe('unknown');
});

test('disk space is checked where the site will be written, even if its folders do not exist yet', () => {
  const examined = examineMachine({ ...settings(), root: projectRoot, out: join(root, 'a/b/dist') });
  expect(examined.at(-1)).toMatchObject({ level: 'ok', subject: 'disk' });
});

test('content that is not a folder, or that has errors, is reported', async () => {
  const examine = (content: string) => examineContent(settings({ KB_CONTENT: join(root, content) }));
  writeFiles(root, { file: '', 'content/notes/a.mdx': '---\ntitle: 一则\n---\n正文。\n' });
  for (const content of ['none', 'file'])
    expect((await examine(content)).found).toMatch(/^there is no folder/);
  expect((await examine('none')).remedy).toContain('npm run new');
  expect((await examine('content')).found).toBe('a build would fail with 1 error');
});

test('settings of the community that a build would refuse are reported', () => {
  expect(examineCommunity()).toEqual([]);
  expect(examineCommunity({ ...site, name: '' }).map(({ found }) => found)).toEqual([
    expect.stringMatching(/^src\/site\.ts:\d+: name: /),
  ]);
});

test('a members file that is missing, broken or lets nobody in is reported', async () => {
  const examine = async () => wrong(await examineMembers(settings({ KB_OUT: join(root, 'dist') })));
  expect(await examine()).toEqual([expect.stringContaining('nobody can open')]);
  writeFiles(root, { 'members.yaml': '- id: anna\n- id: anna\n' });
  expect(await examine()).toEqual([expect.stringContaining('members.yaml:2')]);
  writeFiles(root, { 'members.yaml': '- id: anna\n  removed: 2026-11-01\n' });
  expect(await examine()).toEqual(['no member is active']);
});

test('a members file that is gone is not taken for one that never was', async () => {
  const out = join(root, 'dist');
  const build = async (members: string) => {
    rmSync(out, { recursive: true, force: true });
    const site = {
      readable: new Map(),
      sealed: new Map([
        ['members', new Map()],
        ['patrons', new Map()],
      ]),
    };
    await sealSite(
      {
        site,
        membership: membershipOf(members),
        secret: parseSecret(testSecret),
        settings: { date: '2026-11-21', number: 1 },
      },
      out,
    );
    return wrong(await examineMembers(settings({ KB_OUT: out })));
  };
  expect(await build('- id: anna\n- id: ben\n  removed: 2026-11-01\n- id: me\n')).toEqual([
    `there is no ${join(root, 'members.yaml')}, but 1 member can open the build in ${out}`,
  ]);
  expect(await build('- id: me\n')).toEqual([expect.stringContaining('nobody can open')]);
});

describe('the site', () => {
  let host: Serving;
  let headers: Record<string, string>;
  const publish = async (secret: string, date = '2026-11-20') => {
    const tier = await deriveTierKeys(parseSecret(secret), 'members', '0'.repeat(32));
    const unsigned = {
      format: 1 as const,
      worker: 1,
      build: 20261120,
      date,
      epoch: '0'.repeat(32),
      siteTag: await siteTagOf(parseSecret(secret)),
      keystore: ['1'.repeat(32)],
      tables: { [tier.reader.keyId]: { shards: ['2'.repeat(32)] } },
    };
    writeFileSync(join(root, 'root'), encodeRoot(await signRoot(unsigned, [tier])));
  };
  const examine = async () => wrong(await examineSite(settings({ KB_SITE: host.url })));

  beforeEach(async () => {
    headers = { ...guards };
    writeFiles(root, { 'index.html': '<p>door' });
    await publish(testSecret);
    host = await serve({
      folder: root,
      base: '',
      port: 0,
      onRequest: (_, response) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      },
    });
  });
  afterEach(() => host.close());
  const onDate = expect.stringContaining('KB_DATE is 2026-11-22') as string;

  test('is fine when nothing is wrong', async () => {
    expect(await examine()).toEqual([onDate]);
  });

  test('is reported when it was built with another secret', async () => {
    await publish('ab'.repeat(32));
    expect(await examine()).toEqual([onDate, expect.stringContaining('a different secret')]);
  });

  test('is reported when it is from tomorrow or its clock is wrong', async () => {
    await publish(testSecret, '2026-11-23');
    headers.Date = new Date(Date.now() + 3_600_000).toUTCString();
    expect(await examine()).toEqual([
      onDate,
      expect.stringMatching(/^60 minutes behind/),
      expect.stringContaining('later than today'),
    ]);
  });

  test('is reported without the security headers or without a valid root', async () => {
    headers = {};
    writeFileSync(join(root, 'root'), '{"format":9}');
    expect(await examine()).toEqual([
      onDate,
      expect.stringContaining('not a valid root file'),
      expect.stringContaining('Content-Security-Policy'),
    ]);
  });

  test('is reported on plain http or on an origin shared with others', async () => {
    const site = 'http://someone.github.io/kb/';
    expect(wrong(await examineSite(settings({ KB_SITE: site })))).toEqual([
      onDate,
      expect.stringContaining('plain http'),
      expect.stringContaining('http://someone.github.io'),
    ]);
  });
});
