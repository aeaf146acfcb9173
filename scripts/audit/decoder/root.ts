import { keyIdFrom, type Tier } from './keys.ts';
import { expect, hkdf, hmac, powerOfTwoFrom } from './primitives.ts';

/** The content of a root. */
export interface DecodedRoot {
  worker: number;
  build: number;
  date: string;
  epoch: string;
  siteTag: number;
  keystore: string[];
  tables: Record<string, { shards: string[]; mac: string }>;
  ledger?: string;
}

/** Reads a root. @throws Error when a byte is not as FORMAT.md says. */
export function readRoot(bytes: Uint8Array): DecodedRoot {
  const text = Buffer.from(bytes).toString();
  const { worker, build, date, epoch, siteTag, keystore, tables, ledger } = JSON.parse(text) as DecodedRoot;
  const rows = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const root = {
    ...{ worker, build, date, epoch, siteTag, keystore },
    tables: Object.fromEntries(rows.map(([keyId, { shards, mac }]) => [keyId, { shards, mac }])),
    ...(ledger !== undefined && { ledger }),
  };
  expect(`${JSON.stringify({ format: 1, ...root })}\n` === text, 'a root must have its one spelling');
  expect(bytes.length <= 4 * 2 ** 20, 'a root must be at most 4 MiB');
  for (const count of [worker, build, siteTag]) {
    expect(Number.isSafeInteger(count) && count >= 0, 'the numbers in a root must be whole');
  }
  expect(siteTag < 1024, 'a site tag must have ten bits');
  expect(/^\d{4}-\d{2}-\d{2}$/.test(date), 'a root must have a date');
  const names = [keystore, ...rows.map(([, { shards }]) => shards)];
  expect(
    names.every(({ length }) => length > 0 && powerOfTwoFrom(length) === length),
    'the number of shards must be a power of two',
  );
  const ids = [epoch, ...names.flat(), ...(ledger === undefined ? [] : [ledger])];
  expect(
    ids.every((id) => /^[0-9a-f]{32}$/.test(id)),
    'names and the epoch must be 32 hex digits',
  );
  expect(
    rows.every(([keyId, { mac }]) => /^[0-9a-f]{16}$/.test(keyId) && /^[0-9a-f]{64}$/.test(mac)),
    'a table must have a key id and a MAC',
  );
  return root;
}

/** Whether the root's MAC for the tier is right; takes the root as bytes. */
export function verifyRoot(tier: Tier, root: Uint8Array): boolean {
  const keyId = keyIdFrom(tier.content);
  const text = Buffer.from(root).toString();
  const { tables } = JSON.parse(text) as { tables: Record<string, { mac: string } | undefined> };
  const unsigned = text.replace(/"mac":"[0-9a-f]{64}"/g, '"mac":""');
  const key = hkdf(tier.table, 32, ['jinghua v1 root']);
  return tables[keyId]?.mac === hmac(key, [Buffer.from(unsigned)]).toString('hex');
}
