import { expect, test } from 'vitest';
import { deriveTierKeys } from './keys.ts';
import { lookup, namesIn, openTableShard, sealTable, type TableEntry, tableShardOf } from './table.ts';
import { EPOCH, flipped, members, noise, SECRET } from './testkit.ts';
import { type Bytes, compare, concat, toHex } from './bytes.ts';
import { KIND } from './cipher.ts';
import { ENCODING, sealEnvelope } from './envelope.ts';

const keys = await members();

function entriesOf(count: number): Map<string, TableEntry> {
  return new Map(
    Array.from({ length: count }, (_, i) => [
      `/talks/${i}/`,
      { name: toHex(noise(16, i)), kind: i % 3 ? 'object' : 'media' },
    ]),
  );
}

test.each([
  [0, 1],
  [1, 1],
  [128, 1],
  [129, 2],
  [1000, 8],
])('%i entries are found again in %i shards of one size', async (size, count) => {
  const entries = entriesOf(size);
  const files = await sealTable(keys, entries);
  expect(files).toHaveLength(count);
  expect(new Set(files.map(({ bytes }) => bytes.length)).size).toBe(1);
  const shards = await Promise.all(files.map((file, i) => openTableShard(keys.reader, i, count, file)));
  for (const [path, entry] of entries) {
    const shard = shards[await tableShardOf(keys.reader, path, count)]!;
    expect(await lookup(keys.reader, shard, path)).toEqual(entry);
  }
  const names = shards.flatMap((shard) => namesIn(shard!));
  expect(names.sort()).toEqual([...entries.values()].map(({ name }) => name).sort());
  for (const path of ['/', '/talks/', '/talks/0']) {
    const shard = shards[await tableShardOf(keys.reader, path, count)]!;
    expect(await lookup(keys.reader, shard, path)).toBeUndefined();
  }
});

test('the order of entries changes nothing, and a changed entry changes only its shard', async () => {
  const entries = entriesOf(1000);
  const files = await sealTable(keys, entries);
  expect(await sealTable(keys, new Map([...entries].reverse()))).toEqual(files);
  const changed = new Map(entries).set('/talks/7/', { name: 'f'.repeat(32), kind: 'object' });
  const again = await sealTable(keys, changed);
  const shard = await tableShardOf(keys.reader, '/talks/7/', files.length);
  expect(again.flatMap(({ name }, i) => (name === files[i]!.name ? [] : [i]))).toEqual([shard]);
});

test('a shard opens only unaltered, in its own place and for its tier', async () => {
  const files = await sealTable(keys, entriesOf(300));
  const [first, second] = files;
  expect(files).toHaveLength(4);
  await expect(openTableShard(keys.reader, 1, 4, first!)).rejects.toThrow('not the file of this name');
  await expect(openTableShard(keys.reader, 0, 8, first!)).rejects.toThrow('not the file of this name');
  await expect(openTableShard(keys.reader, 0, 4, { ...first!, bytes: second!.bytes })).rejects.toThrow();
  for (let at = 13; at < first!.bytes.length; at += 97) {
    const altered = { ...first!, bytes: flipped(first!.bytes, at) };
    await expect(openTableShard(keys.reader, 0, 4, altered)).rejects.toThrow();
  }
  const patrons = await deriveTierKeys(SECRET, 'patrons', EPOCH);
  expect(await openTableShard(patrons.reader, 0, 4, first!)).toBeNull();
});

test('a shard with entries out of order, repeated or torn is refused, even when it is sealed with the right key', async () => {
  const ids = [noise(16, 1), noise(16, 2)].sort(compare);
  const entry = (id: Bytes) => concat(id, Uint8Array.of(1), noise(16, 3));
  const sealed = (index: number, count: number, ...entries: Bytes[]) => {
    const body = concat(...entries);
    return sealEnvelope(
      { ...keys, keyId: keys.reader.keyId, content: keys.table },
      { kind: KIND.table, path: `table ${index}/${count}` },
      { encoding: ENCODING.plain, size: body.length, packed: body.length, segmentSize: 0, type: '' },
      body,
      1024,
    );
  };
  const [first, second] = ids.map(entry) as [Bytes, Bytes];
  const open = async (...entries: Bytes[]) =>
    openTableShard(keys.reader, 0, 1, await sealed(0, 1, ...entries));
  expect((await open(first, second))?.entries).toHaveLength(66);
  await expect(open(second, first)).rejects.toThrow('out of order');
  await expect(open(first, first)).rejects.toThrow('out of order');
  await expect(open(first, second.subarray(1))).rejects.toThrow('torn entry');
});

test('refuses a number of shards that is not a power of two', async () => {
  for (const count of [0, 3, 1.5]) {
    await expect(tableShardOf(keys.reader, '/', count)).rejects.toThrow(RangeError);
  }
});
