import { openEnvelope, unpack, type Published } from './envelope.ts';
import { keyIdFrom } from './keys.ts';
import { expect, hkdf, powerOfTwoFrom } from './primitives.ts';

type LedgerRow = [id: string, serial: number, tier: string, removed: string | null];

/** Opens the operator's list of all tokens ever issued. @throws Error when a byte is not as FORMAT.md says. */
export function openLedger(
  secret: Uint8Array,
  file: Published,
): { id: string; serial: number; tier: string; removed?: string }[] {
  const keys = {
    content: hkdf(secret, 32, ['jinghua v1 ledger content']),
    name: hkdf(secret, 32, ['jinghua v1 ledger name']),
    salt: hkdf(secret, 32, ['jinghua v1 ledger salt']),
  };
  const { header, body } = openEnvelope(
    { keyId: Buffer.from(keyIdFrom(keys.content), 'hex'), ...keys },
    'ledger',
    'ledger',
    file,
  );
  expect(header.encoding === 1 && header.type === 'application/json', 'a ledger must be compressed JSON');
  expect(header.segmentSize === 0, 'a ledger must not have segments');
  expect(body.padded === powerOfTwoFrom(Math.max(4096, body.packed.length)), 'a ledger must be padded');
  const text = unpack(header, body.packed).toString();
  const rows = JSON.parse(text) as LedgerRow[];
  const sorted = rows
    .map(([id, serial, tier, removed]): LedgerRow => [id, serial, tier, removed])
    .sort(byToken);
  expect(JSON.stringify(sorted) === text, 'the rows of a ledger must be in order');
  return rows.map(([id, serial, tier, removed]) => ({
    id,
    serial,
    tier,
    ...(removed !== null && { removed }),
  }));
}

function byToken([idA, serialA, tierA]: LedgerRow, [idB, serialB, tierB]: LedgerRow): number {
  if (idA !== idB) return idA < idB ? -1 : 1;
  return serialA - serialB || (tierA < tierB ? -1 : 1);
}
