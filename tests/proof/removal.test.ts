import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as decoder from '../../scripts/audit/decoder/index.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { parseMembers } from '../../scripts/lib/members.ts';
import { resolveMembership, type Membership } from '../../scripts/lib/membership.ts';
import type { SealedSource, Site } from '../../scripts/lib/site.ts';
import { sealSite } from '../../scripts/steps/seal.ts';
import { parseSecret, type LedgerLine } from '../../src/vault/index.ts';
import { testSecret } from '../lib/site.ts';
import { addressOf, Attacker, type Published } from './attacker.ts';

// Everything that decides who can read a build: the members file, the record of the build before, and sealing.
// Rendering plays no part.

const secret = parseSecret(testSecret);
const today = '2026-11-22';

/**
 * Members files of successive builds. In the last one, ben, whose key the attacker holds, is no longer a member or has
 * another key.
 */
const histories: Record<string, string[]> = {
  removed: ['- id: anna\n- id: ben\n', '- id: anna\n- id: ben\n  removed: 2026-11-20\n'],
  expired: [
    '- id: anna\n- id: ben\n  expires: 2026-12-31\n',
    '- id: anna\n- id: ben\n  expires: 2026-11-21\n',
  ],
  'deleted from the file': ['- id: anna\n- id: ben\n', '- id: anna\n'],
  'removed, and the file put back as it was': [
    '- id: anna\n- id: ben\n',
    '- id: anna\n- id: ben\n  removed: 2026-11-20\n',
    '- id: anna\n- id: ben\n',
  ],
  'removed, and the tombstone deleted': [
    '- id: anna\n- id: ben\n',
    '- id: anna\n- id: ben\n  removed: 2026-11-20\n',
    '- id: anna\n',
  ],
  renamed: ['- id: anna\n- id: ben\n', '- id: anna\n- id: benjamin\n'],
  'renamed, and an old name given to somebody else': [
    '- id: anna\n- id: ben\n- id: carl\n',
    '- id: anna\n- id: carl\n  removed: 2026-11-20\n- id: benjamin\n',
    '- id: anna\n- id: ben\n  serial: 2\n- id: carl\n  removed: 2026-11-20\n- id: benjamin\n',
  ],
  'removed and added again, with their old key': [
    '- id: anna\n- id: ben\n',
    '- id: anna\n- id: ben\n  removed: 2026-11-20\n',
    '- id: anna\n- id: ben\n  serial: 2\n',
  ],
  'given a new key, and the file put back to the old serial': [
    '- id: anna\n- id: ben\n',
    '- id: anna\n- id: ben\n  serial: 2\n',
    '- id: anna\n- id: ben\n',
  ],
  'removed, then another, then the first line put back': [
    '- id: anna\n- id: ben\n- id: carl\n',
    '- id: anna\n- id: ben\n  removed: 2026-11-18\n- id: carl\n',
    '- id: anna\n- id: ben\n- id: carl\n  removed: 2026-11-20\n',
  ],
};

const paths = ['/notes/a/', '/notes/b/', '/media/kept.mp3', '/media/new.mp3', 'ledger'];
/**
 * The labels to try. The site has one table shard; an attacker who doesn't know how many there are would soon try two.
 */
const tried = ['', ...paths, 'table 0/1', 'table 0/2', 'table 1/2'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jinghua-removal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every text of a build contains its number; one recording stays the same and one is new. */
function siteOf(build: number, tiers: string[]): Site {
  const page = (path: string) => ({
    type: 'text/html',
    kind: 'object' as const,
    read: () => new TextEncoder().encode(`<p>${path} in build ${build}</p>`),
  });
  const recording = (seed: number) => ({
    type: 'audio/mpeg',
    kind: 'media' as const,
    read: () => new Uint8Array(150_000).fill(seed),
  });
  return {
    readable: new Map(),
    sealed: new Map(
      tiers.map((tier, at) => [
        tier,
        new Map<string, SealedSource>([
          ['/notes/a/', page(`/notes/a/ for ${tier}`)],
          ['/notes/b/', page(`/notes/b/ for ${tier}`)],
          ['/media/kept.mp3', recording(255 - at)],
          ['/media/new.mp3', recording(build + 100 * at)],
        ]),
      ]),
    ),
  };
}

/** Seals successive builds; each knows what the one before published. */
async function publish(
  files: string[],
  tiers = ['members'],
): Promise<{ site: Published; membership: Membership }[]> {
  const builds: { site: Published; membership: Membership }[] = [];
  let ledger: LedgerLine[] = [];
  for (const [number, text] of files.entries()) {
    const membership = resolveMembership(parseMembers(text, 'members.yaml').members, ledger, today, tiers);
    await sealSite(
      { site: siteOf(number, tiers), membership, secret, settings: { date: today, number } },
      folder,
    );
    const site = new Map(listFiles(folder).map((file) => [file, readFileSync(join(folder, file))]));
    const name = decoder.readRoot(site.get('root')!).ledger!;
    ledger = decoder.openLedger(secret, { name, bytes: site.get(addressOf(name))! });
    builds.push({ site, membership });
  }
  return builds;
}

const tokenOf = (id: string, serial = 1) => decoder.tokenFrom(secret, id, serial);

describe('an attacker with everything that a former member ever held opens nothing that is published later', () => {
  test.each(Object.entries(histories))('%s', async (_, files) => {
    const builds = await publish(files);
    const ben = new Attacker();
    ben.hold(tokenOf('ben'));
    const anna = new Attacker();
    anna.hold(tokenOf('anna'));

    const [first] = builds;
    const before = new Set<string>();
    for (const [number, { site }] of builds.entries()) {
      const all = [...site.keys()].filter((file) => file.startsWith('o/'));
      const opened = ben.read(site, tried);
      if (number === 0) {
        // All except the key store's shard and the ledger, which members can't open as envelopes.
        expect(opened.size).toBe(all.length - 2);
      } else {
        expect([...opened].filter((file) => !before.has(file))).toEqual([]);
        // The only file that opens is the recording that was there before, with the same bytes: 150,000 in three
        // segments.
        expect([...opened].length).toBe(3);
        for (const file of opened) expect(site.get(file)!.equals(first!.site.get(file)!)).toBe(true);
      }
      // A member who stays opens all of every build; this would fail if the attack tried something the wrong way.
      expect(anna.read(site, tried).size).toBe(all.length - 2);
      opened.forEach((file) => before.add(file));
    }
  });
});

/** In the last file of each history, ben belongs to the lower tier or has another key. */
const descents: Record<string, string[]> = {
  'gone down': [
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-20 }\n',
  ],
  'gone down without a tombstone': [
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n',
  ],
  'gone up, and down again': [
    '- id: anna\n  tier: patrons\n- id: ben\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-20 }\n',
  ],
  'gone down, and the file put back as it was': [
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-20 }\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
  ],
  'gone down, then removed': [
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-20 }\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-20 }\n  removed: 2026-11-21\n',
  ],
  'gone down, back with a new key, and down once more': [
    '- id: anna\n  tier: patrons\n- id: ben\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  lost: { patrons: 2026-11-18 }\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  serial: 2\n  tier: patrons\n',
    '- id: anna\n  tier: patrons\n- id: ben\n  serial: 2\n  lost: { patrons: 2026-11-20 }\n',
  ],
};

describe('an attacker with everything that a former member of a higher tier ever held opens nothing of it that is published later', () => {
  test.each(Object.entries(descents))('%s', async (_, files) => {
    const builds = await publish(files, ['members', 'patrons']);
    const tokens = [1, 2].map((serial) => tokenOf('ben', serial));
    const ben = new Attacker();
    tokens.forEach((token) => ben.hold(token));
    const opened = builds.map(({ site }) => ben.read(site, tried)).at(-1)!;

    const { site, membership } = builds.at(-1)!;
    const newcomer = new Attacker();
    tokens.forEach((token) => newcomer.hold(token));
    const rightful = newcomer.read(site, tried);
    const isIn = membership.tokens.some(({ id, state }) => id === 'ben' && state === 'active');
    // The lower tier's files: its table, two pages, and two recordings with a head and three segments each.
    expect(rightful.size).toBe(isIn ? 11 : 0);
    // Beyond that, only recordings that were there before, with the same bytes: one of each tier that is closed now.
    const beyond = [...opened].filter((file) => !rightful.has(file));
    expect(beyond.length).toBe(isIn ? 3 : 6);
    for (const file of beyond) {
      expect(
        builds.some((build) => build.site !== site && build.site.get(file)?.equals(site.get(file)!)),
      ).toBe(true);
    }
    const anna = new Attacker();
    anna.hold(tokenOf('anna'));
    expect(anna.read(site, tried).size).toBe(
      [...site.keys()].filter((file) => file.startsWith('o/')).length - 2,
    );
  });
});

test('a member who is added again comes in with the new key', async () => {
  const builds = await publish(histories['removed and added again, with their old key']!);
  const { site } = builds.at(-1)!;
  const again = new Attacker();
  again.hold(tokenOf('ben', 2));
  expect(again.read(site, tried).size).toBeGreaterThan(5);
});

test('no epoch comes back after a removal, whatever is written into the members file', async () => {
  for (const files of Object.values(histories)) {
    const builds = await publish(files);
    const epochs = builds.map(({ site }) => decoder.readRoot(site.get('root')!).epoch);
    const revoked = builds.map(({ membership }) => JSON.stringify(membership.revoked));
    expect(new Set(epochs).size).toBe(new Set(revoked).size);
    // After a removal, no later build uses the epoch from before.
    expect(epochs.slice(1)).not.toContain(epochs[0]);
  }
});
