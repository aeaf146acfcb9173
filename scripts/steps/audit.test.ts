import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  deriveTierKeys,
  encodeReminders,
  epochOf,
  issueToken,
  objectAddress,
  parseSecret,
  REMINDERS_PATH,
} from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { contentKey, Proven } from '../audit/proven.ts';
import { listFiles } from '../lib/folder.ts';
import { sealSite } from './seal.ts';
import {
  audit,
  content,
  findings,
  membership,
  rightly,
  secret,
  sentence,
  settings,
  siteOf,
} from './tiers-testing.ts';

test('two tiers that hold only what is theirs pass', async () => {
  expect(await findings(siteOf(rightly), await content())).toEqual([]);
});

describe('a key that somebody pasted into a piece', () => {
  const tokenOf = (id: string, serial = 1, of = secret) => issueToken(of, id, serial);
  const saying = (html: string) => ({ ...rightly.members, '/notes/a/': `<p>会员读的。</p>${html}` });
  const link = 'remove it there, and give them a new one: npm run members -- reissue anna';

  test.each<[string, (token: string) => string]>([
    ['in a link', (token) => `<a href="https://kb.example/notes/a/#key=${token}&amp;to=t">看这里</a>`],
    [
      'in capitals and without hyphens',
      (token) => `<p>我的钥匙${token.toUpperCase().replaceAll('-', '')}。</p>`,
    ],
  ])('stops the build if it opens the site, %s', async (_, html) => {
    const members = saying(html(await tokenOf('anna')));
    expect(await findings(siteOf({ ...rightly, members }), await content())).toEqual([
      `/notes/a/ (members): contains the link of “anna”; ${link}`,
      'audit: nothing was published',
    ]);
  });

  test('does not stop the build if it opens nothing', async () => {
    const other = parseSecret('0'.repeat(64));
    const dead = [await tokenOf('carl'), await tokenOf('anna', 2), await tokenOf('anna', 1, other)];
    expect(await findings(siteOf({ ...rightly, members: saying(dead.join(' ')) }), await content())).toEqual(
      [],
    );
  });

  test.each(['hex', 'base64url'] as const)('stops the build if it is the secret, in %s', async (spelling) => {
    const patrons = { ...rightly.patrons, '/notes/': Buffer.from(secret).toString(spelling) };
    expect(await findings(siteOf({ ...rightly, patrons }), await content())).toEqual([
      '/notes/ (patrons): contains the site’s secret',
      'audit: nothing was published',
    ]);
  });
});

test('a reminder of a membership that does not end soon stops the build', async () => {
  const site = siteOf(rightly);
  const list = await encodeReminders(secret, settings.date, [
    { id: 'ben', serial: 1, lastDay: '2026-12-01' },
  ]);
  const members = site.sealed.get('members')!;
  members.set(REMINDERS_PATH, { ...members.get(REMINDERS_PATH)!, read: () => list });
  expect(await findings(site, await content())).toEqual([
    `${REMINDERS_PATH}: does not match what was rendered`,
    'audit: nothing was published',
  ]);
});

test('a page sealed with the keys of another tier stops the build', async () => {
  const swapped = siteOf({
    members: { ...rightly.members, '/notes/b/': rightly.patrons['/notes/b/'] },
    patrons: { '/notes/': rightly.patrons['/notes/'] },
  });
  expect(await findings(siteOf(rightly), await content(), swapped)).toEqual([
    'root: table of members: does not match what was rendered',
    'root: table of patrons: does not match what was rendered',
    '/notes/b/ (patrons): does not match what was rendered',
    expect.stringMatching(/^o\/.*: nothing refers to this file$/),
    'audit: nothing was published',
  ]);
});

test('a member’s record with the keys of a tier too many stops the build', async () => {
  const raised = membershipOf('- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n');
  expect(await findings(siteOf(rightly), await content(), siteOf(rightly), raised)).toEqual([
    'root: key store: does not match what was rendered',
    'root: ledger: does not match what was rendered',
    'audit: nothing was published',
  ]);
});

test('a ledger that is wrong about a member stops the build', async () => {
  const [ben, ...others] = membership.ledger.toReversed();
  const forgetful = { ...membership, ledger: [...others, { ...ben!, removed: '2026-11-21' }] };
  expect(await findings(siteOf(rightly), await content(), siteOf(rightly), forgetful)).toEqual([
    'root: ledger: does not match what was rendered',
    'audit: nothing was published',
  ]);
});

test('an extra field in the root stops the build', async () => {
  const staging = join(temporaryFolder(), 'dist');
  await sealSite({ site: siteOf(rightly), membership, secret, settings }, staging);
  const root = readFileSync(join(staging, 'root'), 'utf8');
  writeFileSync(join(staging, 'root'), root.replace('"build"', '"brand":"甲","build"'));
  expect(await audit(staging, siteOf(rightly), await content())).toEqual([
    'root: violates the format: a root must have its one spelling',
    'audit: nothing was published',
  ]);
});

test.each([{ number: 2 }, { date: '2026-11-21' }])(
  'a root with another build number or date stops the build: %o',
  async (other) => {
    const staging = join(temporaryFolder(), 'dist');
    await sealSite(
      { site: siteOf(rightly), membership, secret, settings: { ...settings, ...other } },
      staging,
    );
    expect(await audit(staging, siteOf(rightly), await content())).toEqual([
      'root: does not match what was rendered',
      'audit: nothing was published',
    ]);
  },
);

test('a finding about a hostile file name is one line that can’t control the terminal', async () => {
  const staging = join(temporaryFolder(), 'dist');
  await sealSite({ site: siteOf(rightly), membership, secret, settings }, staging);
  writeFileSync(join(staging, 'x\u001b[2J\naudit: all is well'), '');
  expect(await audit(staging, siteOf(rightly), await content())).toEqual([
    'x�[2J�audit: all is well: nothing refers to this file',
    'audit: nothing was published',
  ]);
});

describe('a file that an earlier audit has opened', () => {
  let staging: string;
  let proven: Proven;
  let keyId: string;
  const site = siteOf(rightly);
  const nameOf = (path: string) => {
    const source = site.sealed.get('members')!.get(path)!;
    const content = contentKey(keyId, path, source, source.read());
    return objectAddress(proven.filesOf(content)![0]!.name);
  };
  beforeEach(async () => {
    const work = temporaryFolder();
    const epoch = await epochOf(secret, membership.revoked);
    keyId = (await deriveTierKeys(secret, 'members', epoch)).reader.keyId;
    staging = join(work, 'dist');
    await sealSite({ site, membership, secret, settings }, staging);
    const first = new Proven(work);
    expect(await audit(staging, site, await content(), first)).toEqual([]);
    first.save();
    proven = new Proven(work);
  });

  test('is the same in the next build, which passes', async () => {
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site, membership, secret, settings }, next, { folder: staging, proven });
    expect(readAll(next)).toEqual(readAll(staging));
    expect(await audit(next, site, await content(), proven)).toEqual([]);
  });

  test('is opened again if a byte of it differs', async () => {
    const file = nameOf('/notes/a/');
    const bytes = readFileSync(join(staging, file));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(staging, file), bytes);
    expect(await audit(staging, site, await content(), proven)).toEqual([
      expect.stringMatching(/^\/notes\/a\/ \(members\): /),
      'audit: nothing was published',
    ]);
  });

  test('does not vouch for another page, or for the same page with another text', async () => {
    const [a, list] = [nameOf('/notes/a/'), nameOf('/notes/')];
    const bytes = readFileSync(join(staging, a));
    writeFileSync(join(staging, a), readFileSync(join(staging, list)));
    writeFileSync(join(staging, list), bytes);
    expect(await audit(staging, site, await content(), proven)).toHaveLength(3);
    writeFileSync(join(staging, list), readFileSync(join(staging, a)));
    writeFileSync(join(staging, a), bytes);
    const edited = siteOf({ ...rightly, members: { ...rightly.members, '/notes/a/': '<p>会员改过。</p>' } });
    expect(await audit(staging, edited, await content(), proven)).toEqual([
      '/notes/a/ (members): does not match what was rendered',
      'audit: nothing was published',
    ]);
  });

  test('does not excuse a later leak', async () => {
    const members = { ...rightly.members, '/notes/a/': `<p>会员读的。${sentence}</p>` };
    const leaking = siteOf({ ...rightly, members });
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site: leaking, membership, secret, settings }, next, { folder: staging, proven });
    expect(await audit(next, leaking, await content(), proven)).toEqual([
      `/notes/a/ (members): contains readable text of notes/b.mdx: “${sentence.slice(0, 12)}”`,
      'audit: nothing was published',
    ]);
  });

  test('is sealed again if the current site has lost or changed it', async () => {
    rmSync(join(staging, nameOf('/notes/a/')));
    writeFileSync(join(staging, nameOf('/notes/')), 'overwritten');
    const next = join(temporaryFolder(), 'dist');
    await sealSite({ site, membership, secret, settings }, next, { folder: staging, proven });
    expect(await audit(next, site, await content(), proven)).toEqual([]);
  });
});

function readAll(folder: string): Map<string, string> {
  return new Map(listFiles(folder).map((file) => [file, readFileSync(join(folder, file)).toString('hex')]));
}
