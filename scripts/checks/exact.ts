import { protocol } from '../../src/worker/protocol.ts';
import type { Membership } from '../lib/membership.ts';
import { reasonOf } from '../lib/plainly.ts';
import { contentKey, type Proven, type ProvenFile } from '../lib/proven.ts';
import type { Settings } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';
import * as decoder from './decoder/index.ts';
import type { Staged } from './staged.ts';

/**
 * The exact audit: every file of a staged site, read back from disk, is sealed and opens to what was rendered, or is
 * byte for byte what the public run wrote. The root is of this build. What is a tier's opens with the keys of that tier,
 * and a member's record has those of theirs and below. A file that is neither, or that nothing leads to, is a finding.
 *
 * @param proven - contents whose files an audit has opened before, down to the last byte as they lie there now: these are
 * not opened again. It is told of the others that prove right.
 * @returns one sentence for each file that is not as it should be; empty when all is well
 */
export function checkExactly(
  staged: Staged,
  site: Site,
  membership: Membership,
  secret: Uint8Array,
  { date, number }: Pick<Settings, 'date' | 'number'>,
  proven: Proven,
): string[] {
  const findings: string[] = [];
  const accounted = new Set<string>(['root']);
  /** Runs one comparison; what it throws is a finding about `subject`. */
  const examine = (subject: string, compare: () => boolean | undefined) => {
    try {
      if (!compare()) findings.push(`${subject}: is not what was rendered`);
    } catch (error) {
      findings.push(`${subject}: ${reasonOf(error)}`);
    }
  };
  const placeOf = (name: string) => {
    const path = addressOf(name);
    accounted.add(path);
    return path;
  };
  const sealed = (name: string): decoder.Published => ({ name, bytes: staged.read(placeOf(name)) });
  const digestOf = (name: string) => staged.digestOf(placeOf(name));

  for (const [path, source] of site.readable) {
    accounted.add(path);
    examine(path, () => staged.read(path).equals(source()));
  }

  let root: decoder.DecodedRoot;
  try {
    root = decoder.readRoot(staged.read('root'));
  } catch (error) {
    // Without it nothing else can be found.
    return [...findings, `root: ${reasonOf(error)}`];
  }
  const epoch = decoder.epochFrom(secret, membership.revoked);
  const tiers = [...site.sealed.keys()].map((tier) => decoder.tierFrom(secret, tier, epoch));
  examine('root', () => {
    const isOfSite = root.siteTag === decoder.siteTagFrom(secret) && root.epoch === epoch;
    const isOfBuild = root.date === date && root.build === number && root.worker === protocol;
    return isOfSite && isOfBuild && sameList(Object.keys(root.tables), tiers.map(keyIdOf));
  });
  for (const tier of tiers)
    examine(`root: ${tier.tier}`, () => decoder.verifyRoot(tier, staged.read('root')));
  examine('root: key store', () => {
    const records = decoder.openKeyStore(secret, epoch, root.keystore.map(sealed), membership.tokens);
    return records.every((record, i) => {
      const token = membership.tokens[i]!;
      if (token.state !== 'active') {
        return 'notice' in record && record.notice === token.state && record.date === token.date;
      }
      const held = tiers.slice(0, tiers.findIndex(({ tier }) => tier === token.tier) + 1);
      return 'keys' in record && sameList(record.keys.map(spellKeys), held.map(spellKeys));
    });
  });
  examine('root: ledger', () => {
    const known = decoder.openLedger(secret, sealed(root.ledger!));
    return sameList(known.map(spellLine), membership.ledger.map(spellLine));
  });

  for (const tier of tiers) {
    const expected = site.sealed.get(tier.tier)!;
    const keyId = keyIdOf(tier);
    const pathId = decoder.pathIdsOf(tier);
    let table = new Map<string, decoder.DecodedEntry>();
    examine(`root: table of ${tier.tier}`, () => {
      const { shards } = root.tables[keyId]!;
      table = decoder.openTable(tier, shards.map(sealed));
      return table.size === expected.size;
    });
    for (const [path, source] of expected) {
      examine(`${path} (${tier.tier})`, () => {
        const entry = table.get(pathId(path));
        if (entry?.kind !== source.kind) return false;
        const bytes = source.read();
        const content = contentKey(keyId, path, source, bytes);
        const known = proven.filesOf(content);
        if (known?.[0]?.name === entry.name && known.every(({ name, digest }) => digestOf(name) === digest)) {
          return true;
        }
        const files: ProvenFile[] = [];
        const noted = (name: string) => {
          const file = sealed(name);
          files.push({ name, digest: digestOf(name) });
          return file;
        };
        const opened =
          source.kind === 'object'
            ? decoder.openObject(tier, path, noted(entry.name))
            : decoder.openMedia(tier, path, noted(entry.name), (name) => noted(name).bytes);
        if (opened.type !== source.type || !opened.bytes.equals(bytes)) return false;
        proven.add(content, files);
        return true;
      });
    }
  }

  for (const file of staged.files) {
    if (!accounted.has(file)) findings.push(`${file}: nothing leads to this file`);
  }
  return findings;
}

function keyIdOf({ content }: decoder.Tier): string {
  return decoder.keyIdFrom(content);
}

/** All that a record gives of a tier, to be compared. */
function spellKeys({
  tier,
  content,
  name,
  table,
}: Pick<decoder.Tier, 'tier' | 'content' | 'name' | 'table'>): string {
  return [tier, ...[content, name, table].map((key) => key.toString('hex'))].join(' ');
}

/** All that a line of the ledger says, to be compared. */
function spellLine({ id, serial, tier, removed }: Membership['ledger'][number]): string {
  return JSON.stringify([id, serial, tier, removed]);
}

/** Whether two lists have the same members, each once. */
function sameList(a: string[], b: string[]): boolean {
  return a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');
}

/** Where a sealed file lies; written again here, so that the audit shares nothing with the sealer. */
function addressOf(name: string): string {
  if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('a sealed file has a name of 32 hex digits');
  return `o/${name.slice(0, 2)}/${name}`;
}
