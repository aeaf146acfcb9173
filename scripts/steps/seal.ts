import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  deriveTierKeys,
  encodeRoot,
  epochOf,
  objectAddress,
  sealLedger,
  sealMedia,
  sealObject,
  sealTable,
  signRoot,
  siteTagOf,
  type Bytes,
  type SealedFile,
  type TableEntry,
  type TierSecrets,
  type UnsignedRoot,
} from '../../src/vault/index.ts';
import { protocol } from '../../src/worker/protocol.ts';
import type { Membership } from '../lib/membership.ts';
import { nodePrimitives } from '../lib/primitives.ts';
import { sealKeyStoreFast } from '../lib/record-threads.ts';
import type { Settings } from '../lib/settings.ts';
import type { SealedSource, Site } from '../lib/site.ts';

/** As many objects as keep both cores in AES without holding much in memory. */
const batchSize = 16;

/**
 * Writes the whole site into the staging folder: readable files as they are, everything else sealed, `root` last.
 * The same site, members and settings give the same bytes.
 *
 * @param last - the site that stands: files that are the same become links to its own, since making and deleting
 * thousands of files takes longer than sealing them
 */
export async function sealSite(
  site: Site,
  membership: Membership,
  secret: Bytes,
  { date, number }: Pick<Settings, 'date' | 'number'>,
  staging: string,
  last?: string,
): Promise<void> {
  rmSync(staging, { recursive: true, force: true });
  const write = writerIn(staging, last);
  for (const [path, read] of site.readable) write(path, read());
  const put = ({ name, bytes }: SealedFile) => {
    write(objectAddress(name), bytes);
    return name;
  };

  const epoch = await epochOf(secret, membership.revoked);
  const tiers: TierSecrets[] = [];
  const tables: UnsignedRoot['tables'] = {};
  for (const [tier, sealed] of site.sealed) {
    const keys = await deriveTierKeys(secret, tier, epoch, nodePrimitives);
    const table = await sealContents(keys, sealed, put);
    tables[keys.reader.keyId] = { shards: (await sealTable(keys, table)).map(put) };
    tiers.push(keys);
  }

  const members = membership.tokens.map(({ id, serial, tier, ...state }) =>
    state.state === 'active' ? { id, serial, tier } : { id, serial, notice: state.state, date: state.date },
  );
  const keystore = (await sealKeyStoreFast({ secret, epoch, tiers, members })).map(put);
  const ledger = put(await sealLedger(secret, membership.ledger));
  const root = await signRoot(
    {
      format: 1,
      worker: protocol,
      build: number,
      date,
      epoch,
      siteTag: await siteTagOf(secret),
      keystore,
      ledger,
      tables,
    },
    tiers,
  );
  write('root', encodeRoot(root));
}

/** Seals all that one tier has of its own, and gives what its table says. */
async function sealContents(
  keys: TierSecrets,
  sealed: Map<string, SealedSource>,
  put: (file: SealedFile) => string,
): Promise<Map<string, TableEntry>> {
  const table = new Map<string, TableEntry>();
  for (const batch of batches([...sealed])) {
    await Promise.all(
      batch.map(async ([path, { type, kind, read }]) => {
        if (kind === 'object') {
          const object = await sealObject(keys, path, { type, bytes: read() });
          table.set(path, { kind, name: put(object) });
        } else {
          const { head, segments } = await sealMedia(keys, path, { type, bytes: read() });
          segments.forEach(put);
          table.set(path, { kind, name: put(head) });
        }
      }),
    );
  }
  return table;
}

function* batches<T>(items: T[]): Generator<T[]> {
  for (let i = 0; i < items.length; i += batchSize) yield items.slice(i, i + batchSize);
}

/** Writes files below a folder; makes each of their folders once, which takes as long as to write one of them. */
function writerIn(folder: string, last: string | undefined): (path: string, bytes: Uint8Array) => void {
  const made = new Set<string>();
  return (path, bytes) => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    if (last === undefined || !linkIfSame(join(last, path), bytes, file)) writeFileSync(file, bytes);
  };
}

/** Links a file to another place, if it holds these bytes and the file system can. */
function linkIfSame(file: string, bytes: Uint8Array, place: string): boolean {
  const state = lstatSync(file, { throwIfNoEntry: false });
  if (!state?.isFile() || state.size !== bytes.length || !readFileSync(file).equals(bytes)) return false;
  try {
    linkSync(file, place);
    return true;
  } catch {
    return false;
  }
}
