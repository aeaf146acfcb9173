import { LOWEST_TIER } from '../../src/model/audience.ts';
import { REMINDERS_PATH } from '../../src/vault/index.ts';
import { protocol } from '../../src/worker/protocol.ts';
import type { Membership } from '../lib/membership.ts';
import { contentKey, type Proven, type ProvenFile } from './proven.ts';
import { endingSoon } from '../lib/reminders.ts';
import type { Settings } from '../lib/settings.ts';
import type { SealedSource, Site } from '../lib/site.ts';
import * as decoder from './decoder/index.ts';
import { Examination } from './examination.ts';
import type { Staged } from './staged.ts';

/** What the files of a staged site have to be. */
export interface Expected {
  site: Site;
  membership: Membership;
  secret: Uint8Array;
  settings: Pick<Settings, 'date' | 'number'>;
  /**
   * Contents whose files an earlier audit has opened. They are not opened again if their bytes are unchanged. Contents
   * that this audit opens are added.
   */
  proven: Proven;
}

/**
 * The exact audit. Every file of a staged site is read back from disk, and either is sealed and opens to what was
 * rendered, or equals the output of the public run. The root is of this build. A tier's content opens with the keys of
 * that tier, and each member's record holds the keys of their tier and those below. Any other file, and a file that
 * nothing refers to, is a finding.
 *
 * @returns one sentence for each file with a problem; empty when all is well
 */
export function checkExactly(staged: Staged, expected: Expected): string[] {
  const { site, membership, secret } = expected;
  const examination = new Examination(staged);
  for (const [path, source] of site.readable) {
    examination.examine(path, () => examination.read(path).equals(source()));
  }
  const epoch = decoder.epochFrom(secret, membership.revoked);
  const tiers = [...site.sealed.keys()].map((tier) => decoder.tierFrom(secret, tier, epoch));
  const root = readRoot(examination);
  // Without the root, no other file can be found.
  if (!root) return examination.findings;
  const build: Build = { ...expected, examination, root, epoch, tiers };
  checkRoot(build);
  checkMembership(build);
  for (const tier of tiers) checkTier(build, tier);
  return [
    ...examination.findings,
    ...examination.passedOver().map((path) => `${path}: nothing refers to this file`),
  ];
}

/** A build under examination: its root, and the epoch and keys that follow from the secret and the members. */
interface Build extends Expected {
  examination: Examination;
  root: decoder.DecodedRoot;
  epoch: string;
  tiers: decoder.Tier[];
}

function readRoot(examination: Examination): decoder.DecodedRoot | undefined {
  let root: decoder.DecodedRoot | undefined;
  examination.examine('root', () => {
    root = decoder.readRoot(examination.read('root'));
    return true;
  });
  return root;
}

function checkRoot({ examination, root, tiers, settings: { date, number }, secret, epoch }: Build): void {
  examination.examine('root', () => {
    const isOfSite = root.siteTag === decoder.siteTagFrom(secret) && root.epoch === epoch;
    const isOfBuild = root.date === date && root.build === number && root.worker === protocol;
    return isOfSite && isOfBuild && sameList(Object.keys(root.tables), tiers.map(keyIdOf));
  });
  for (const tier of tiers) {
    examination.examine(`root: ${tier.tier}`, () => decoder.verifyRoot(tier, examination.read('root')));
  }
}

/**
 * Checks that each member's record holds the keys of their tier and below, that the ledger names every token, and that
 * all whose membership ends soon, and nobody else, are reminded.
 */
function checkMembership(build: Build): void {
  const { examination, root, tiers, site, membership, secret, epoch, settings } = build;
  const { tokens, ledger } = membership;
  examination.examine('root: key store', () => {
    const parts = root.keystore.map((name) => examination.sealed(name));
    const records = decoder.openKeyStore(secret, epoch, parts, tokens);
    return records.every((record, i) => {
      const token = tokens[i]!;
      if (token.state !== 'active') {
        return 'notice' in record && record.notice === token.state && record.date === token.date;
      }
      const held = tiers.slice(0, tiers.findIndex(({ tier }) => tier === token.tier) + 1);
      return 'keys' in record && sameList(record.keys.map(spellKeys), held.map(spellKeys));
    });
  });
  examination.examine(REMINDERS_PATH, () => {
    const list = site.sealed.get(LOWEST_TIER)?.get(REMINDERS_PATH)?.read();
    return (
      list && decoder.remindersFrom(secret, settings.date, endingSoon(membership, settings.date)).equals(list)
    );
  });
  examination.examine('root: ledger', () => {
    const known = decoder.openLedger(secret, examination.sealed(root.ledger!));
    return sameList(known.map(spellLine), ledger.map(spellLine));
  });
}

/** Checks that a tier's content opens to what was rendered, and that its table names nothing else. */
function checkTier(build: Build, tier: decoder.Tier): void {
  const { examination, root, site } = build;
  const expected = site.sealed.get(tier.tier)!;
  const pathId = decoder.pathIdsOf(tier);
  let table = new Map<string, decoder.DecodedEntry>();
  examination.examine(`root: table of ${tier.tier}`, () => {
    const { shards } = root.tables[keyIdOf(tier)]!;
    table = decoder.openTable(
      tier,
      shards.map((name) => examination.sealed(name)),
    );
    return table.size === expected.size;
  });
  for (const [path, source] of expected) {
    examination.examine(`${path} (${tier.tier})`, () =>
      opensTo(build, { tier, path, entry: table.get(pathId(path)) }, source),
    );
  }
}

/** A path of a tier, and what the tier's table says about it. */
interface Place {
  tier: decoder.Tier;
  path: string;
  entry: decoder.DecodedEntry | undefined;
}

/**
 * Whether a table entry opens to the bytes of a source. If an earlier audit has opened it, only digests are compared.
 */
function opensTo(
  { examination, proven }: Build,
  { tier, path, entry }: Place,
  source: SealedSource,
): boolean {
  if (entry?.kind !== source.kind) return false;
  const bytes = source.read();
  const content = contentKey(keyIdOf(tier), path, source, bytes);
  const known = proven.filesOf(content);
  const isThere = ({ name, digest }: ProvenFile) => examination.digestOf(name) === digest;
  if (known?.[0]?.name === entry.name && known.every(isThere)) return true;
  const files: ProvenFile[] = [];
  const noted = (name: string) => {
    const file = examination.sealed(name);
    files.push({ name, digest: examination.digestOf(name) });
    return file;
  };
  const opened =
    source.kind === 'object'
      ? decoder.openObject(tier, path, noted(entry.name))
      : decoder.openMedia(tier, path, noted(entry.name), (name) => noted(name).bytes);
  if (opened.type !== source.type || !opened.bytes.equals(bytes)) return false;
  proven.add(content, files);
  return true;
}

function keyIdOf({ content }: decoder.Tier): string {
  return decoder.keyIdFrom(content);
}

/** Spells all that a record gives for a tier, for comparison. */
function spellKeys({
  tier,
  content,
  name,
  table,
}: Pick<decoder.Tier, 'tier' | 'content' | 'name' | 'table'>): string {
  return [tier, ...[content, name, table].map((key) => key.toString('hex'))].join(' ');
}

/** Spells a line of the ledger, for comparison. */
function spellLine({ id, serial, tier, removed }: Membership['ledger'][number]): string {
  return JSON.stringify([id, serial, tier, removed]);
}

/** Whether two lists have the same elements in any order. */
function sameList(a: string[], b: string[]): boolean {
  return a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');
}
