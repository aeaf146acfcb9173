// A second reading of FORMAT.md, for the audit and the vectors. It shares no line and no state with src/vault, so that
// a mistake there is not repeated here; and as it holds the secret, it also recomputes what readers must take on trust.
import { createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { inflateSync } from 'node:zlib';

/** All keys of a tier in an epoch, raw. */
export interface Tier {
  tier: string;
  epoch: string;
  content: Buffer;
  name: Buffer;
  table: Buffer;
  salt: Buffer;
  media: Buffer;
  mediaSalt: Buffer;
}

export interface Decoded {
  /** Media type. */
  type: string;
  bytes: Buffer;
}

/** A published file: its name and its content. */
export interface Published {
  name: string;
  bytes: Uint8Array;
}

export interface DecodedEntry {
  name: string;
  kind: 'object' | 'media';
}

/** What a root says. */
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

export type DecodedRecord =
  | { keys: Pick<Tier, 'tier' | 'epoch' | 'content' | 'name' | 'table'>[] }
  | { notice: 'removed' | 'expired'; date: string };

const EMPTY = Buffer.alloc(0);
const ENVELOPE_TYPES = {
  object: { header: 1, body: 2 },
  head: { header: 3, body: 4 },
  table: { header: 6, body: 7 },
  ledger: { header: 9, body: 10 },
};

/** Derives a tier's keys from the site's secret. */
export function tierFrom(secret: Uint8Array, tier: string, epoch: string): Tier {
  return {
    tier,
    epoch,
    content: hkdf(secret, 32, ['jinghua v1 tier content', tier, epoch]),
    name: hkdf(secret, 32, ['jinghua v1 tier name', tier, epoch]),
    table: hkdf(secret, 32, ['jinghua v1 tier table', tier, epoch]),
    salt: hkdf(secret, 32, ['jinghua v1 tier salt', tier, epoch]),
    media: hkdf(secret, 32, ['jinghua v1 media', tier]),
    mediaSalt: hkdf(secret, 32, ['jinghua v1 media salt', tier]),
  };
}

/** 16 hex digits that stand for a content key. */
export function keyIdFrom(content: Uint8Array): string {
  return hkdf(content, 8, ['jinghua v1 key id']).toString('hex');
}

/** The epoch of a set of revoked tokens. */
export function epochFrom(
  secret: Uint8Array,
  revoked: { id: string; serial: number; tier: string }[],
): string {
  const entries = revoked.map(({ id, serial, tier }) =>
    lengthPrefixed([id, u32(serial), tier]).toString('hex'),
  );
  const set = Buffer.from([...new Set(entries)].sort().join(''), 'hex');
  return hmac(hkdf(secret, 32, ['jinghua v1 epoch']), [set])
    .subarray(0, 16)
    .toString('hex');
}

/** The 16 bytes of a member's token. */
export function tokenFrom(secret: Uint8Array, id: string, serial: number): Buffer {
  return hkdf(secret, 16, ['jinghua v1 token', id, u32(serial)]);
}

/** Ten bits that tell the site's tokens from those of others. */
export function siteTagFrom(secret: Uint8Array): number {
  return hkdf(secret, 2, ['jinghua v1 site tag']).readUInt16BE() >> 6;
}

/** How a token is printed. */
export function printToken(secret: Uint8Array, token: Uint8Array): string {
  const number = BigInt(siteTagFrom(secret)) * 2n ** 128n + BigInt(`0x${Buffer.from(token).toString('hex')}`);
  const bits = number.toString(2).padStart(138, '0') + (number % 4194301n).toString(2).padStart(22, '0');
  const groups = bits
    .match(/.{20}/g)!
    .map((group) =>
      group.replace(/.{5}/g, (five) => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(Number.parseInt(five, 2))),
    );
  return `kb_${groups.join('-')}`;
}

/** Opens an object. @throws Error when a byte is not as FORMAT.md says. */
export function openObject(tier: Tier, path: string, file: Published): Decoded {
  const { header, body } = openEnvelope(envelopeKeys(tier, tier.content), 'object', path, file);
  expect(header.segmentSize === 0, 'an object has no segments');
  expect(body.padded === padme(body.packed.length), 'an object is padded by Padmé');
  const bytes = unpack(header, body.packed);
  expect((header.encoding === 1) === isText(header.type), 'text is compressed, and nothing else');
  return { type: header.type, bytes };
}

/**
 * Opens a head and all of its segments.
 *
 * @param read - gives the content of a published file.
 * @returns also the names of the segments, in order.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openMedia(
  tier: Tier,
  path: string,
  file: Published,
  read: (name: string) => Uint8Array,
): Decoded & { segments: string[] } {
  const { header, body } = openEnvelope(envelopeKeys(tier, tier.content), 'head', path, file);
  expect(header.encoding === 0 && header.segmentSize === 65536, 'a head has segments of 64 KiB');
  expect(body.packed.length === 64 && body.padded === 1024, 'a head has a salt and a key');
  const salt = body.packed.subarray(0, 32);
  const fileKey = body.packed.subarray(32);
  const expected = hkdf(tier.media, 32, ['jinghua v1 file', salt]);
  expect(fileKey.equals(expected), 'a file key follows from its salt');

  const count = Math.max(1, Math.ceil(header.size / 65536));
  const padded = header.size <= 65536 ? padme(header.size) : 65536;
  const nameKey = hkdf(fileKey, 32, ['jinghua v1 segment name']);
  const key = hkdf(fileKey, 32, ['jinghua v1 segment'], salt);
  const segments: string[] = [];
  const pieces: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const name = hmac(nameKey, [u32(index)]).toString('hex', 0, 16);
    const place = { kind: 5, index, last: index === count - 1, clear: salt, path };
    const piece = decrypt(key, place, Buffer.from(read(name)));
    expect(piece.length === padded, 'all segments have one size');
    segments.push(name);
    pieces.push(piece);
  }
  const digests = pieces.map((piece) => createHash('sha256').update(piece).digest());
  const saltAgain = saltFrom(tier.mediaSalt, EMPTY, 5, path, header, digests);
  expect(salt.equals(saltAgain), 'a file salt follows from the content');
  return { type: header.type, bytes: cut(Buffer.concat(pieces), header.size), segments };
}

/**
 * Opens all shards of a tier's table.
 *
 * @param shards - in the root's order.
 * @returns entries by path id, see {@link pathId}.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openTable(tier: Tier, shards: Published[]): Map<string, DecodedEntry> {
  const entries = new Map<string, DecodedEntry>();
  const bodies = shards.map((file, index) => {
    const keys = envelopeKeys(tier, tier.table);
    const { header, body } = openEnvelope(keys, 'table', `table ${index}/${shards.length}`, file);
    expect(header.encoding === 0 && header.type === '' && header.segmentSize === 0, 'a shard is plain');
    expect(header.size === body.packed.length && header.size % 33 === 0, 'a shard has whole entries');
    let previous = '';
    for (let offset = 0; offset < body.packed.length; offset += 33) {
      const entry = body.packed.subarray(offset, offset + 33);
      const id = entry.toString('hex', 0, 16);
      expect(entry.readUInt32BE() % shards.length === index, 'an entry is in its shard');
      expect(id > previous, 'entries ascend');
      expect(entry[16] === 1 || entry[16] === 2, 'an entry is of a known kind');
      entries.set(id, { name: entry.toString('hex', 17), kind: entry[16] === 1 ? 'object' : 'media' });
      previous = id;
    }
    return body;
  });
  expect(shards.length === powerOfTwoFrom(entries.size / 128), 'a table has no more shards than it needs');
  const size = padme(Math.max(...bodies.map(({ packed }) => packed.length)));
  expect(
    bodies.every(({ padded }) => padded === size),
    'all shards are padded as the largest is',
  );
  return entries;
}

/** Gives what stands for a path in a tier's table. */
export function pathIdsOf(tier: Tier): (path: string) => string {
  const key = hkdf(tier.table, 32, ['jinghua v1 lookup']);
  return (path) => hmac(key, [Buffer.from(path)]).toString('hex', 0, 16);
}

/**
 * Opens the record of a token.
 *
 * @param shards - of the key store, in the root's order.
 * @returns null when the token has none.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openKeyRecord(token: Uint8Array, epoch: string, shards: Published[]): DecodedRecord | null {
  const id = recordIdOf(token, epoch);
  const { clear, records } = splitShard(shards[id.readUInt32BE() % shards.length]!);
  const record = records.find((bytes) => bytes.subarray(0, 16).equals(id));
  if (!record) return null;
  return readRecord(unwrapRecord(token, epoch, clear, record), epoch);
}

/**
 * Opens every record of a key store, those of tokens that nobody has included, so that no byte is unaccounted for.
 *
 * @param issued - all tokens that may have a record.
 * @returns the records in the order of `issued`.
 * @throws Error when a token has no record, or a record no token.
 */
export function openKeyStore(
  secret: Uint8Array,
  epoch: string,
  shards: Published[],
  issued: { id: string; serial: number }[],
): DecodedRecord[] {
  const saltKey = hkdf(secret, 32, ['jinghua v1 record salt', epoch]);
  const decoyKey = hkdf(secret, 32, ['jinghua v1 decoy', epoch]);
  const left = new Map<string, { clear: Buffer; record: Buffer }>();
  shards.forEach((shard, index) => {
    const { clear, records } = splitShard(shard);
    expect(shard.bytes.length === shards[0]!.bytes.length, 'all key store shards have one size');
    let previous = '';
    for (const record of records) {
      const id = record.toString('hex', 0, 16);
      expect(record.readUInt32BE() % shards.length === index, 'a record is in its shard');
      expect(id > previous, 'records ascend');
      left.set(id, { clear, record });
      previous = id;
    }
  });
  const tokens = issued.map(({ id, serial }) => {
    const token = tokenFrom(secret, id, serial);
    return { token, id: recordIdOf(token, epoch) };
  });
  const size = keyStoreSize(tokens.map(({ id }) => id));
  expect(shards.length === size, 'a key store has no more shards than it needs');
  const room = shards.map(() => 160);
  const open = (token: Buffer, id = recordIdOf(token, epoch)): Buffer | null => {
    const index = id.readUInt32BE() % shards.length;
    if (room[index] === 0) return null;
    const found = left.get(id.toString('hex'));
    expect(found, 'every token has a record, and every record a token');
    room[index]!--;
    left.delete(id.toString('hex'));
    const plain = unwrapRecord(token, epoch, found.clear, found.record);
    const salt = hmac(saltKey, [Buffer.of(1), id, plain]);
    expect(found.record.subarray(16, 48).equals(salt), 'a record salt follows from its content');
    return plain;
  };

  const records = tokens.map(({ token, id }) => readRecord(open(token, id)!, epoch));
  for (let i = 0; left.size > 0; i++) {
    const plain = open(hmac(decoyKey, [u32(i)]).subarray(0, 16));
    expect(!plain || isZero(plain), 'a record of nobody holds nothing');
  }
  return records;
}

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
  expect(header.encoding === 1 && header.type === 'application/json', 'a ledger is compressed JSON');
  expect(header.segmentSize === 0, 'a ledger has no segments');
  expect(body.padded === powerOfTwoFrom(Math.max(4096, body.packed.length)), 'a ledger is padded');
  const text = unpack(header, body.packed).toString();
  const rows = JSON.parse(text) as LedgerRow[];
  const sorted = rows
    .map(([id, serial, tier, removed]): LedgerRow => [id, serial, tier, removed])
    .sort(byToken);
  expect(JSON.stringify(sorted) === text, 'the rows of a ledger are in order');
  return rows.map(([id, serial, tier, removed]) => ({
    id,
    serial,
    tier,
    ...(removed !== null && { removed }),
  }));
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
  expect(`${JSON.stringify({ format: 1, ...root })}\n` === text, 'a root has one spelling');
  expect(bytes.length <= 4 * 2 ** 20, 'a root has at most 4 MiB');
  for (const count of [worker, build, siteTag]) {
    expect(Number.isSafeInteger(count) && count >= 0, 'numbers of a root are whole');
  }
  expect(siteTag < 1024, 'a site tag has ten bits');
  expect(/^\d{4}-\d{2}-\d{2}$/.test(date), 'a root has a date');
  const names = [keystore, ...rows.map(([, { shards }]) => shards)];
  expect(
    names.every(({ length }) => length > 0 && powerOfTwoFrom(length) === length),
    'shards are as many as a power of two',
  );
  const ids = [epoch, ...names.flat(), ...(ledger === undefined ? [] : [ledger])];
  expect(
    ids.every((id) => /^[0-9a-f]{32}$/.test(id)),
    'names and an epoch are 32 hex digits',
  );
  expect(
    rows.every(([keyId, { mac }]) => /^[0-9a-f]{16}$/.test(keyId) && /^[0-9a-f]{64}$/.test(mac)),
    'a table has a key id and a MAC',
  );
  return root;
}

/** Whether the root's MAC for the tier is right; the root is given as its bytes. */
export function verifyRoot(tier: Tier, root: Uint8Array): boolean {
  const keyId = keyIdFrom(tier.content);
  const text = Buffer.from(root).toString();
  const { tables } = JSON.parse(text) as { tables: Record<string, { mac: string } | undefined> };
  const unsigned = text.replace(/"mac":"[0-9a-f]{64}"/g, '"mac":""');
  const key = hkdf(tier.table, 32, ['jinghua v1 root']);
  return tables[keyId]?.mac === hmac(key, [Buffer.from(unsigned)]).toString('hex');
}

type LedgerRow = [id: string, serial: number, tier: string, removed: string | null];

interface EnvelopeKeys {
  keyId: Buffer;
  content: Buffer;
  name: Buffer;
  salt: Buffer;
}

interface Header {
  raw: Buffer;
  encoding: number;
  size: number;
  segmentSize: number;
  type: string;
}

interface Place {
  kind: number;
  index: number;
  last: boolean;
  clear: Buffer;
  path: string;
}

function envelopeKeys(tier: Tier, content: Buffer): EnvelopeKeys {
  return { keyId: Buffer.from(keyIdFrom(tier.content), 'hex'), content, name: tier.name, salt: tier.salt };
}

function openEnvelope(
  keys: EnvelopeKeys,
  what: keyof typeof ENVELOPE_TYPES,
  path: string,
  { name, bytes }: Published,
): { header: Header; body: { packed: Buffer; padded: number } } {
  const file = Buffer.from(bytes);
  const clear = file.subarray(0, 45);
  expect(clear.toString('latin1', 0, 4) === 'JHUA', 'an envelope starts with JHUA');
  expect(clear[4] === 1, 'an envelope is of version 1');
  expect(clear.subarray(5, 13).equals(keys.keyId), 'an envelope names its key');
  const salt = clear.subarray(13, 45);
  const fromSalt = hmac(keys.name, [lengthPrefixed([path, salt])]).toString('hex', 0, 16);
  expect(name === fromSalt, 'a file has the name of its content');

  const kind = ENVELOPE_TYPES[what];
  const key = hkdf(keys.content, 32, ['jinghua v1 envelope'], salt);
  const place = { index: 0, last: true, clear, path };
  const raw = decrypt(key, { ...place, kind: kind.header }, file.subarray(45, 221));
  const padded = decrypt(key, { ...place, kind: kind.body }, file.subarray(221));
  const typeEnd = 22 + raw[21]!;
  expect(/^[\x20-\x7e]{0,127}$/.test(raw.toString('latin1', 22, typeEnd)), 'a media type is printable ASCII');
  const header = {
    raw,
    encoding: raw[0]!,
    size: Number(raw.readBigUInt64BE(1)),
    segmentSize: raw.readUInt32BE(17),
    type: cut(raw, typeEnd).toString('latin1', 22),
  };
  const digest = createHash('sha256').update(padded).digest();
  const saltAgain = saltFrom(keys.salt, keys.keyId, kind.header, path, header, [digest]);
  expect(salt.equals(saltAgain), 'a salt follows from the content');
  return {
    header,
    body: { packed: cut(padded, Number(raw.readBigUInt64BE(9))), padded: padded.length },
  };
}

function saltFrom(
  key: Buffer,
  keyId: Buffer,
  kind: number,
  path: string,
  { segmentSize, raw }: Header,
  digests: Buffer[],
): Buffer {
  // The header of a head is that of its file, so one function serves envelopes and files.
  return hmac(key, [Buffer.of(1, kind), lengthPrefixed([keyId, path]), u32(segmentSize), raw, ...digests]);
}

function unpack(header: Header, packed: Buffer): Buffer {
  expect(header.encoding === 0 || header.encoding === 1, 'an encoding is 0 or 1');
  const bytes = header.encoding === 1 ? inflate(packed, header.size) : packed;
  expect(bytes.length === header.size, 'content has the stated size');
  return bytes;
}

function inflate(packed: Buffer, size: number): Buffer {
  // What stands behind the end of a stream Node passes over; the types don't know what it gives with `info`.
  const { buffer, engine } = inflateSync(packed, { maxOutputLength: size + 1, info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  expect(engine.bytesWritten === packed.length, 'nothing stands behind what was compressed');
  return buffer;
}

function isText(type: string): boolean {
  return (
    type.startsWith('text/') ||
    /^application\/(?:json|javascript|xml|manifest\+json)\b/.test(type) ||
    /\+(?:json|xml)\b/.test(type)
  );
}

function byToken([idA, serialA, tierA]: LedgerRow, [idB, serialB, tierB]: LedgerRow): number {
  if (idA !== idB) return idA < idB ? -1 : 1;
  return serialA - serialB || (tierA < tierB ? -1 : 1);
}

function recordIdOf(token: Uint8Array, epoch: string): Buffer {
  return hkdf(token, 16, ['jinghua v1 record id', epoch]);
}

/** How many shards the records with these ids take. */
function keyStoreSize(ids: Buffer[]): number {
  for (let count = powerOfTwoFrom(ids.length / 100); ; count *= 2) {
    const sizes = new Array<number>(count).fill(0);
    for (const id of ids) sizes[id.readUInt32BE() % count]!++;
    if (sizes.every((size) => size <= 160)) return count;
  }
}

function splitShard({ name, bytes }: Published): { clear: Buffer; records: Buffer[] } {
  const file = Buffer.from(bytes);
  const digest = createHash('sha256').update(file).digest();
  expect(digest.toString('hex', 0, 16) === name, 'a shard has its digest as name');
  const clear = file.subarray(0, 7);
  expect(clear.toString('latin1', 0, 4) === 'JHUK' && clear[4] === 1, 'a shard starts with JHUK, version 1');
  const size = clear.readUInt16BE(5);
  expect(file.length === 7 + 160 * size, 'a shard has 160 records');
  return {
    clear,
    records: Array.from({ length: 160 }, (_, i) => file.subarray(7 + i * size, 7 + (i + 1) * size)),
  };
}

function unwrapRecord(token: Uint8Array, epoch: string, clear: Buffer, record: Buffer): Buffer {
  const salt = record.subarray(16, 48);
  const key = hkdf(token, 32, ['jinghua v1 record wrap', epoch], salt);
  const place = { kind: 8, index: 0, last: true, path: '' };
  return decrypt(
    key,
    { ...place, clear: Buffer.concat([clear, record.subarray(0, 48)]) },
    record.subarray(48),
  );
}

function readRecord(plain: Buffer, epoch: string): DecodedRecord {
  const state = plain[0];
  if (state === 2 || state === 3) {
    const date = cut(plain, 11).toString('latin1', 1);
    return { notice: state === 2 ? 'removed' : 'expired', date };
  }
  expect(state === 1, 'a record is of a known state');
  const count = plain[1]!;
  cut(plain, 2 + 128 * count);
  const keys = Array.from({ length: count }, (_, i) => {
    const part = plain.subarray(2 + 128 * i, 2 + 128 * (i + 1));
    return {
      tier: part.toString('utf8', 0, 32).replace(/\0+$/, ''),
      epoch,
      content: part.subarray(32, 64),
      name: part.subarray(64, 96),
      table: part.subarray(96, 128),
    };
  });
  return { keys };
}

function decrypt(key: Buffer, { kind, index, last, clear, path }: Place, sealed: Buffer): Buffer {
  expect(sealed.length >= 16, 'a sealed piece has a tag');
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(kind, 0);
  nonce.writeUInt32BE(index, 8);
  const cipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([Buffer.of(kind, last ? 1 : 0), u32(index), clear, Buffer.from(path)]));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

function hkdf(source: Uint8Array, size: number, info: (string | Buffer)[], salt: Uint8Array = EMPTY): Buffer {
  return Buffer.from(hkdfSync('sha256', createSecretKey(source), salt, lengthPrefixed(info), size));
}

function hmac(key: Buffer, parts: Buffer[]): Buffer {
  return createHmac('sha256', createSecretKey(key)).update(Buffer.concat(parts)).digest();
}

function lengthPrefixed(parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      return [Buffer.of(bytes.length >> 8, bytes.length & 255), bytes];
    }),
  );
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function padme(size: number): number {
  if (size <= 1024) return 1024;
  const exponent = Math.floor(Math.log2(size));
  const mask = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1) - 1;
  return size + mask - ((size + mask) % (mask + 1));
}

/** The first bytes; those behind them have to be zeros. */
function cut(bytes: Buffer, size: number): Buffer {
  expect(size <= bytes.length, 'content is not longer than its padding');
  expect(isZero(bytes.subarray(size)), 'padding is zeros');
  return bytes.subarray(0, size);
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The smallest power of two that is not below `value`. */
function powerOfTwoFrom(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}

function expect(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new Error(`against the format: ${rule}`);
}
