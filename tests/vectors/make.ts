// Writes the test vectors of format version 1, once: node tests/vectors/make.ts
// They are kept for ever, so existing files aren't overwritten. A new version of the format gets new files.
import { Buffer } from 'node:buffer';
import { existsSync, writeFileSync } from 'node:fs';
import { utf8 } from '../../src/vault/bytes.ts';
import { KIND } from '../../src/vault/cipher.ts';
import { compress } from '../../src/vault/compression.ts';
import { ENCODING, type Header, sealEnvelope, type SealingKeys } from '../../src/vault/envelope.ts';
import {
  type Bytes,
  deriveTierKeys,
  encodeReminders,
  encodeRoot,
  epochOf,
  issueToken,
  parseToken,
  sealKeyStore,
  sealLedger,
  sealMedia,
  sealObject,
  sealTable,
  signRoot,
  siteTagOf,
  type SealedFile,
  type TableEntry,
  type TierSecrets,
} from '../../src/vault/index.ts';
import { nameInput, toName } from '../../src/vault/name.ts';

const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
const tierNames = ['members', 'patrons'];
const lin = { id: 'linxia', serial: 1, tier: 'members' };
const former = { id: 'linxia', serial: 1, tier: 'patrons' };
const wei = { id: '卫', serial: 2, tier: 'patrons' };

const revoked = [former, { id: 'gu', serial: 1, tier: 'members' }];
const epoch = await epochOf(secret, revoked);
const tiers = await Promise.all(tierNames.map((tier) => deriveTierKeys(secret, tier, epoch)));
const [members] = tiers as [TierSecrets, TierSecrets];

write('token', await tokens());
write('epoch', [
  { revoked: [], epoch: await epochOf(secret, []) },
  { revoked: [former], epoch: await epochOf(secret, [former]) },
  { revoked, epoch },
]);
write(
  'keys',
  tiers.map(({ tier, content, name, table, reader }) => ({
    tier,
    epoch,
    content: hex(content),
    name: hex(name),
    table: hex(table),
    keyId: reader.keyId,
  })),
);

const ending = { date: '2026-11-22', days: ['2026-11-22', '2026-12-31'] };
const endings = [
  { id: lin.id, serial: lin.serial, lastDay: '2026-12-31' },
  { id: wei.id, serial: wei.serial, lastDay: '2026-11-22' },
];
write('reminders', { ...ending, endings, list: base64(await encodeReminders(secret, ending.date, endings)) });

const objects = await Promise.all(
  [
    { path: '/talks/x/', type: 'text/html', bytes: utf8('<!doctype html><h1>精华</h1>') },
    {
      path: '/主题/增长/',
      type: 'text/html; charset=utf-8',
      bytes: utf8('<p>留存不是功能,是习惯。</p>'.repeat(90)),
    },
    { path: '/pagefind/members/index/a.pf_index', type: 'application/octet-stream', bytes: counted(1500) },
    { path: '/empty', type: 'application/octet-stream', bytes: new Uint8Array(0) },
    { path: '/full', type: 'application/octet-stream', bytes: counted(1024) },
    { path: '/icon.svg', type: 'image/svg+xml', bytes: utf8('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  ].map(async ({ path, type, bytes }) => ({
    path,
    type,
    plain: base64(bytes),
    ...encoded(await sealObject(members, path, { type, bytes })),
  })),
);
write('object', objects);

const media = await Promise.all(
  [
    { path: '/media/1.webp', type: 'image/webp', size: 1600 },
    { path: '/media/2.mp3', type: 'audio/mpeg', size: 65536 + 100 },
  ].map(async ({ path, type, size }) => {
    const { head, segments } = await sealMedia(members, path, { type, bytes: counted(size) });
    return { path, type, size, head: encoded(head), segments: segments.map(encoded) };
  }),
);
write('media', media);

const entries = new Map<string, TableEntry>([
  ...objects.map(({ path, name }) => [path, { name, kind: 'object' }] as const),
  ...media.map(({ path, head }) => [path, { name: head.name, kind: 'media' }] as const),
]);
// Enough additional entries for a second shard; they refer to nothing that exists.
for (let i = 0; i < 140; i++) {
  entries.set(`/notes/${i}/`, { name: i.toString(16).padStart(32, '0'), kind: 'object' });
}
const table = await sealTable(members, entries);
const patronsTable = await sealTable(tiers[1]!, new Map());
write('table', [
  {
    tier: 'members',
    entries: [...entries].map(([path, entry]) => ({ path, ...entry })),
    shards: table.map(encoded),
  },
  { tier: 'patrons', entries: [], shards: patronsTable.map(encoded) },
]);

const people = [
  lin,
  wei,
  { id: '卫', serial: 1, notice: 'removed' as const, date: '2026-03-01' },
  { id: 'gu', serial: 1, notice: 'expired' as const, date: '2026-01-31' },
];
const keystore = await sealKeyStore({ secret, epoch, tiers, members: people });
write('keystore', { members: people, shards: keystore.map(encoded) });

const issued = [lin, wei, { id: 'gu', serial: 1, tier: 'members', removed: '2026-02-01' }];
const ledger = await sealLedger(secret, issued);
write('ledger', { issued, ...encoded(ledger) });

const root = await signRoot(
  {
    format: 1,
    worker: 1,
    build: 42,
    date: '2026-03-01',
    epoch,
    siteTag: await siteTagOf(secret),
    keystore: keystore.map(({ name }) => name),
    tables: {
      [tiers[0]!.reader.keyId]: { shards: table.map(({ name }) => name) },
      [tiers[1]!.reader.keyId]: { shards: patronsTable.map(({ name }) => name) },
    },
    ledger: ledger.name,
  },
  tiers,
);
write('root', { text: new TextDecoder().decode(encodeRoot(root)) });

write('refused', await refused());

/** Files that authenticate but don't conform to FORMAT.md, and files changed in ways that a host could try. */
async function refused() {
  const path = '/a/';
  const type = 'application/octet-stream';
  const plain = { path, type, bytes: counted(1500) };
  const good = await sealObject(members, path, plain);
  const older = await sealObject(members, path, { type, bytes: counted(1501) });
  const other = await deriveTierKeys(secret, 'members', '0'.repeat(32));
  const { head, segments } = await sealMedia(members, path, { type, bytes: counted(65537) });
  const packed = await compress(utf8('精华'));
  const keys = { ...members, keyId: members.reader.keyId };
  const tableKeys = { ...keys, content: members.table };
  const nameAt = async (path: string, { bytes }: SealedFile) =>
    toName(await keys.primitives.hmac(keys.name, nameInput(path, bytes.slice(13, 45))));
  const object = (header: Partial<Header>, body: Bytes, padded = 1024) =>
    envelope(
      keys,
      KIND.object,
      path,
      { type, size: body.length, packed: body.length, ...header },
      body,
      padded,
    );
  const headOf = (header: Partial<Header>, size: number) =>
    envelope(keys, KIND.head, path, { size: 1, packed: size, ...header }, counted(size), 1024);
  const shard = (body: Bytes) =>
    envelope(tableKeys, KIND.table, 'table 0/2', { size: body.length, packed: body.length }, body, 1024);
  const entry = (first: number, kind = 1) =>
    Buffer.concat([Buffer.alloc(4, first), Buffer.alloc(12), Buffer.of(kind), Buffer.alloc(16)]);

  return [
    {
      what: 'a key of another epoch',
      open: 'object',
      path,
      result: 'null',
      ...encoded(await sealObject(other, path, plain)),
    },
    { what: 'another path', open: 'object', path: '/b/', ...encoded(good) },
    {
      what: 'another path under the name it would have there',
      open: 'object',
      path: '/b/',
      ...encoded({ ...good, name: await nameAt('/b/', good) }),
    },
    {
      what: 'an older version under the newer name',
      open: 'object',
      path,
      ...encoded({ ...older, name: good.name }),
    },
    { what: 'a head as an object', open: 'object', path, ...encoded(head) },
    { what: 'an object as a head', open: 'media', path, ...encoded(good) },
    { what: 'nothing', open: 'object', path, name: good.name, bytes: '' },
    {
      what: 'HTML',
      open: 'object',
      path,
      name: good.name,
      bytes: base64(utf8('<!doctype html>'.repeat(99))),
    },
    {
      what: 'only the clear part',
      open: 'object',
      path,
      name: good.name,
      bytes: base64(good.bytes.slice(0, 45)),
    },
    { what: 'no body', open: 'object', path, name: good.name, bytes: base64(good.bytes.slice(0, 221)) },
    {
      what: 'a byte more',
      open: 'object',
      path,
      name: good.name,
      bytes: base64(new Uint8Array([...good.bytes, 0])),
    },
    { what: 'format version 2', open: 'object', path, name: good.name, bytes: base64(good.bytes.with(4, 2)) },
    {
      what: 'the body of another version',
      open: 'object',
      path,
      name: good.name,
      bytes: base64(new Uint8Array([...good.bytes.subarray(0, 221), ...older.bytes.subarray(221)])),
    },
    {
      what: 'padding that is not zero',
      open: 'object',
      path,
      ...(await object({ size: 10, packed: 10 }, counted(1024))),
    },
    {
      what: 'more content than body',
      open: 'object',
      path,
      ...(await object({ size: 1025, packed: 1025 }, counted(10))),
    },
    { what: 'two sizes that differ', open: 'object', path, ...(await object({ size: 9 }, counted(10))) },
    { what: 'an unknown encoding', open: 'object', path, ...(await object({ encoding: 2 }, counted(10))) },
    {
      what: 'an object with segments',
      open: 'object',
      path,
      ...(await object({ segmentSize: 65536 }, counted(10))),
    },
    {
      what: 'less text than stated',
      open: 'object',
      path,
      ...(await object({ encoding: ENCODING.deflate, size: 7 }, packed)),
    },
    {
      what: 'more text than stated',
      open: 'object',
      path,
      ...(await object({ encoding: ENCODING.deflate, size: 5 }, packed)),
    },
    {
      what: 'text that does not inflate',
      open: 'object',
      path,
      ...(await object({ encoding: ENCODING.deflate }, counted(10))),
    },
    {
      what: 'a head with too short segments',
      open: 'media',
      path,
      ...(await headOf({ segmentSize: 1024 }, 64)),
    },
    { what: 'a head that is too long', open: 'media', path, ...(await headOf({ segmentSize: 65536 }, 65)) },
    { what: 'a head that is too short', open: 'media', path, ...(await headOf({ segmentSize: 65536 }, 63)) },
    {
      what: 'the second segment as the first',
      open: 'segment',
      path,
      index: 0,
      head: encoded(head),
      bytes: base64(segments[1]!.bytes),
    },
    {
      what: 'half a segment',
      open: 'segment',
      path,
      index: 0,
      head: encoded(head),
      bytes: base64(segments[0]!.bytes.slice(0, 1040)),
    },
    { what: 'a shard as another', open: 'table', index: 1, count: 2, ...encoded(table[0]!) },
    {
      what: 'a shard as another under the name it would have there',
      open: 'table',
      index: 1,
      count: 2,
      ...encoded({ ...table[0]!, name: await nameAt('table 1/2', table[0]!) }),
    },
    { what: 'a shard of fewer', open: 'table', index: 0, count: 1, ...encoded(table[0]!) },
    { what: 'a torn entry', open: 'table', index: 0, count: 2, ...(await shard(new Uint8Array(32))) },
    {
      what: 'entries out of order',
      open: 'table',
      index: 0,
      count: 2,
      ...(await shard(Uint8Array.from([...entry(4), ...entry(2)]))),
    },
    {
      what: 'an entry twice',
      open: 'table',
      index: 0,
      count: 2,
      ...(await shard(Uint8Array.from([...entry(2), ...entry(2)]))),
    },
    {
      what: 'an entry of another shard',
      open: 'table',
      index: 0,
      count: 2,
      ...(await shard(Uint8Array.from(entry(1)))),
    },
    {
      what: 'an entry of unknown kind',
      open: 'table',
      index: 0,
      count: 2,
      ...(await shard(Uint8Array.from(entry(2, 3)))),
    },
  ];
}

async function envelope(
  keys: SealingKeys,
  kind: { header: number; body: number },
  path: string,
  header: Partial<Header>,
  body: Bytes,
  padded: number,
) {
  const complete = { encoding: 0, size: 0, packed: 0, segmentSize: 0, type: '', ...header };
  return encoded(await sealEnvelope(keys, { kind, path }, complete, body, padded));
}

async function tokens() {
  const issued = await Promise.all(
    [lin, wei, { id: 'linxia', serial: 2 }].map(async ({ id, serial }) => {
      const token = await issueToken(secret, id, serial);
      return { id, serial, token, bits: hex(parseToken(token)!.bits) };
    }),
  );
  const { token } = issued[0]!;
  return {
    secret: hex(secret),
    siteTag: await siteTagOf(secret),
    issued,
    accepted: [
      token.toUpperCase(),
      token.replaceAll('-', ''),
      token.slice(3),
      token.replaceAll('-', ' '),
      token.replaceAll('1', 'l').replaceAll('0', 'O'),
      token.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
    ],
    mistyped: [
      '',
      'kb_',
      token.slice(0, -1),
      `${token}0`,
      token.replace(/.$/, 'u'),
      token.replace(/(.)$/, (last) => (last === '7' ? '8' : '7')),
      token.replace(/(.)(.)$/, '$2$1'),
    ],
  };
}

/**
 * Returns bytes that a second implementation can reproduce: every four bytes are their index times 2654435761, as a
 * big-endian 32-bit integer.
 */
function counted(size: number): Bytes {
  return Uint8Array.from({ length: size }, (_, i) => Math.imul(i >> 2, 2654435761) >>> (24 - 8 * (i & 3)));
}

function encoded({ name, bytes }: SealedFile) {
  return { name, bytes: base64(bytes) };
}

function base64(bytes: Bytes): string {
  return Buffer.from(bytes).toString('base64');
}

function hex(bytes: Bytes): string {
  return Buffer.from(bytes).toString('hex');
}

function write(name: string, vector: unknown): void {
  const file = new URL(`${name}.json`, import.meta.url);
  if (existsSync(file)) console.log(`${name}.json is kept`);
  else writeFileSync(file, `${JSON.stringify(vector, null, 1)}\n`);
}
