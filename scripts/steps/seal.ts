import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  deriveTierKeys,
  encodeRoot,
  epochOf,
  objectAddress,
  sealKeyStore,
  sealLedger,
  sealMedia,
  sealObject,
  sealTable,
  signRoot,
  siteTagOf,
  type Bytes,
  type SealedFile,
  type TableEntry,
} from '../../src/vault/index.ts';
import { protocol } from '../../src/worker/protocol.ts';
import type { Membership } from '../lib/members.ts';
import { nodePrimitives } from '../lib/primitives.ts';
import type { Settings } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';

/** As many objects as keep both cores in AES without holding much in memory. */
const batchSize = 16;

/**
 * Writes the whole site into the staging folder: readable files as they are, everything else sealed, `root` last.
 * The same site, members and settings give the same bytes.
 */
export async function sealSite(
  site: Site,
  membership: Membership,
  secret: Bytes,
  { date, number }: Pick<Settings, 'date' | 'number'>,
  staging: string,
): Promise<void> {
  rmSync(staging, { recursive: true, force: true });
  for (const [path, read] of site.readable) write(join(staging, path), read());
  const put = ({ name, bytes }: SealedFile) => {
    write(join(staging, objectAddress(name)), bytes);
    return name;
  };

  const epoch = await epochOf(secret, membership.revoked);
  const keys = await deriveTierKeys(secret, 'members', epoch);
  const table = new Map<string, TableEntry>();
  for (const batch of batches([...site.sealed])) {
    await Promise.all(
      batch.map(async ([path, { type, kind, read }]) => {
        if (kind === 'object') {
          const sealed = await sealObject(keys, path, { type, bytes: read() });
          table.set(path, { kind, name: put(sealed) });
        } else {
          const { head, segments } = await sealMedia(keys, path, { type, bytes: read() });
          segments.forEach(put);
          table.set(path, { kind, name: put(head) });
        }
      }),
    );
  }

  const shards = (await sealTable(keys, table)).map(put);
  const members = membership.tokens.map(({ id, serial, tier, ...state }) =>
    state.state === 'active' ? { id, serial, tier } : { id, serial, notice: state.state, date: state.date },
  );
  const keystore = (await sealKeyStore({ secret, epoch, tiers: [keys], members }, nodePrimitives)).map(put);
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
      tables: { [keys.reader.keyId]: { shards } },
    },
    [keys],
  );
  write(join(staging, 'root'), encodeRoot(root));
}

function* batches<T>(items: T[]): Generator<T[]> {
  for (let i = 0; i < items.length; i += batchSize) yield items.slice(i, i + batchSize);
}

function write(file: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
