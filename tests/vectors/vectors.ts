// The test vectors, which must open for ever, and ways to corrupt a file.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as decoder from '../../scripts/audit/decoder/index.ts';
import {
  type Bytes,
  deriveTierKeys,
  importTierKeys,
  type KeyStoreMember,
  type LastDay,
  type TableEntry,
  type TierKeys,
} from '../../src/vault/index.ts';
import { flipped } from '../../src/vault/testkit.ts';
import { seeded } from '../lib/random.ts';

/** A sealed file as encoded in a vector, in base64. */
interface Encoded {
  name: string;
  bytes: string;
}

function vector(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));
}

export const fromBase64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));
export const fromHex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
export const fileOf = ({ name, bytes }: Encoded) => ({ name, bytes: fromBase64(bytes) });

// One per file, with the terms of FORMAT.md.
export const tokens = vector('token') as {
  secret: string;
  siteTag: number;
  issued: { id: string; serial: number; token: string; bits: string }[];
  accepted: string[];
  mistyped: string[];
};
export const epochs = vector('epoch') as {
  revoked: { id: string; serial: number; tier: string }[];
  epoch: string;
}[];
export const keys = vector('keys') as Record<
  'tier' | 'epoch' | 'content' | 'name' | 'table' | 'keyId',
  string
>[];
export const objects = vector('object') as (Encoded & { path: string; type: string; plain: string })[];
export const media = vector('media') as {
  path: string;
  type: string;
  size: number;
  head: Encoded;
  segments: Encoded[];
}[];
export const tables = vector('table') as {
  tier: string;
  entries: (TableEntry & { path: string })[];
  shards: Encoded[];
}[];
export const keystore = vector('keystore') as { members: KeyStoreMember[]; shards: Encoded[] };
export const ledger = vector('ledger') as Encoded & {
  issued: { id: string; serial: number; tier: string }[];
};
export const reminders = vector('reminders') as {
  date: string;
  days: string[];
  endings: LastDay[];
  list: string;
};
export const rootText = (vector('root') as { text: string }).text;
export const refused = vector('refused') as (Encoded & {
  what: string;
  open: 'object' | 'media' | 'segment' | 'table';
  result?: 'null';
  path: string;
  index: number;
  count: number;
  head: Encoded;
})[];

export const secret = fromHex(tokens.secret);
export const epoch = keys[0]!.epoch;
export const rawKeys = keys.map(({ tier, epoch, content, name, table }): TierKeys => {
  return { tier, epoch, content: fromHex(content), name: fromHex(name), table: fromHex(table) };
});
/** The derived keys of each tier, lowest first. */
export const sealers = await Promise.all(keys.map(({ tier }) => deriveTierKeys(secret, tier, epoch)));
/** The keys of each tier as given in the vector, not derived; used for opening. */
export const readers = await Promise.all(rawKeys.map(importTierKeys));
// The keys of the lowest tier: the vectors are its objects and media.
export const reader = readers[0]!;
export const sealer = sealers[0]!;
export const tier = decoder.tierFrom(secret, 'members', epoch);

/**
 * Returns the offsets of bytes for {@link flips} to change: all in the ranges `dense`, and `others` random ones, the
 * same each time. Negative offsets count from the end.
 */
export function placesIn(bytes: Bytes, dense: [from: number, to: number][], others = 48): number[] {
  const places = dense.flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, i) => (from < 0 ? bytes.length : 0) + from + i),
  );
  const random = seeded(7);
  return [...places, ...Array.from({ length: others }, () => random(bytes.length))];
}

/** Yields copies of a file with one bit flipped at each of the places. */
export function* flips(file: { name: string; bytes: Bytes }, places: number[]) {
  for (const at of places) yield { at, file: { name: file.name, bytes: flipped(file.bytes, at) } };
}

const ENVELOPE_DENSE: [number, number][] = [
  [0, 221],
  [-16, 0],
];
const isKeyId = (at: number) => at >= 5 && at < 13;

/** Asserts that neither implementation opens the file with a flipped bit, and that both open the original. */
export async function expectRefusals(
  file: { name: string; bytes: Bytes },
  open: (file: { name: string; bytes: Bytes }) => Promise<unknown>,
  decode: (file: { name: string; bytes: Bytes }) => unknown,
): Promise<void> {
  for (const flip of flips(file, placesIn(file.bytes, ENVELOPE_DENSE))) {
    if (isKeyId(flip.at)) expect(await open(flip.file)).toBeNull();
    else await expect(open(flip.file), `byte ${flip.at}`).rejects.toThrow();
    expect(() => decode(flip.file), `byte ${flip.at}`).toThrow();
  }
  expect(await open(file)).not.toBeNull();
  decode(file);
}
