import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import {
  deriveTierKeys,
  encodeRoot,
  epochOf,
  isObjectAddress,
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
import { inBatches } from '../../src/vault/batches.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import { protocol } from '../../src/worker/protocol.ts';
import { contentKey, type Proven } from '../audit/proven.ts';
import { readBytes } from '../lib/folder.ts';
import type { Membership } from '../lib/membership.ts';
import { nodePrimitives } from '../lib/primitives.ts';
import { sealKeyStoreFast } from '../lib/record-threads.ts';
import type { Settings } from '../lib/settings.ts';
import type { SealedSource, Site } from '../lib/site.ts';
import { Staging } from '../lib/staging.ts';

/** The number of objects sealed in parallel: enough to keep the compressing threads busy without using much memory. */
const batchSize = 16;

/** The published site, and what audits have proved about its files. */
interface LastSite {
  folder: string;
  proven: Proven;
}

/** What a sealed site is made of. */
interface Unsealed {
  site: Site;
  membership: Membership;
  secret: Bytes;
  settings: Pick<Settings, 'date' | 'number'>;
}

/**
 * Writes the whole site into the staging folder: readable files unchanged, everything else sealed, `root` last. The
 * same site, members and settings give the same bytes.
 *
 * @param staging - may hold files of an earlier site, which are reused
 * @param last - the published site: files that are the same become hard links to its files
 */
export async function sealSite(
  { site, membership, secret, settings }: Unsealed,
  staging: string,
  last?: LastSite,
): Promise<void> {
  const staged = new Staging(
    staging,
    last?.folder,
    (path) => path === 'root' || site.readable.has(path) || isObjectAddress(path),
  );
  for (const [path, read] of site.readable) staged.write(path, read());
  const put = ({ name, bytes }: SealedFile) => {
    staged.write(objectAddress(name), bytes);
    return name;
  };
  const store: Store = {
    put,
    keep: ({ name, bytes }) => {
      staged.keep(objectAddress(name), bytes);
      return name;
    },
  };

  const epoch = await epochOf(secret, membership.revoked);
  const tiers: TierSecrets[] = [];
  const tables: UnsignedRoot['tables'] = {};
  for (const [tier, sealed] of site.sealed) {
    const keys = await deriveTierKeys(secret, tier, epoch, nodePrimitives);
    const table = await sealContents(keys, sealed, store, last);
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
      build: settings.number,
      date: settings.date,
      epoch,
      siteTag: await siteTagOf(secret),
      keystore,
      ledger,
      tables,
    },
    tiers,
  );
  staged.write('root', encodeRoot(root));
  staged.finish();
}

/** Where sealed files are written; each function returns the file's name. */
interface Store {
  put: (file: SealedFile) => string;
  /** As `put`, for a file that the last site has with the same bytes. */
  keep: (file: SealedFile) => string;
}

/** Seals what a tier adds to the tiers below, and returns its table of contents. */
async function sealContents(
  keys: TierSecrets,
  sealed: Map<string, SealedSource>,
  { put, keep }: Store,
  last: LastSite | undefined,
): Promise<Map<string, TableEntry>> {
  const table = new Map<string, TableEntry>();
  await inBatches([...sealed], batchSize, async ([path, source]) => {
    const bytes = source.read();
    const content = contentKey(keys.reader.keyId, path, source, bytes);
    const kept = last && sealedBefore(last, content);
    const names = kept?.map(keep) ?? (await seal(keys, path, source, bytes)).map(put);
    table.set(path, { kind: source.kind, name: names[0]! });
  });
  return table;
}

/** @returns the files, first the one that the table names */
async function seal(
  keys: TierSecrets,
  path: string,
  { kind, type }: SealedSource,
  bytes: Bytes,
): Promise<SealedFile[]> {
  if (kind === 'object') return [await sealObject(keys, path, { type, bytes })];
  const { head, segments } = await sealMedia(keys, path, { type, bytes });
  return [head, ...segments];
}

/** Returns the files of a content from the last site, if they are still those that its audit opened. */
function sealedBefore({ folder, proven }: LastSite, content: string): SealedFile[] | undefined {
  const files: SealedFile[] = [];
  for (const { name, digest } of proven.filesOf(content) ?? []) {
    const file = join(folder, objectAddress(name));
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    const bytes = readBytes(file);
    if (digestOf(bytes) !== digest) return undefined;
    files.push({ name, bytes });
  }
  return files.length > 0 ? files : undefined;
}
