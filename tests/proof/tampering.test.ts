import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { logicalPath } from '../../scripts/lib/page-files.ts';
import {
  deriveTierKeys,
  encodeRoot,
  importToken,
  keyStoreShardOf,
  lookup,
  objectAddress,
  openTableShard,
  parseRoot,
  parseSecret,
  parseToken,
  sealObject,
  signRoot,
  tableShardOf,
  type Bytes,
  type Root,
} from '../../src/vault/index.ts';
import type { Unwrapped } from '../../src/gate/store.ts';
import { flipped } from '../../src/vault/testkit.ts';
import { seeded } from '../lib/random.ts';
import { sampleContent, sampleFolder } from '../lib/sample.ts';
import { testSecret, tokenOf } from '../lib/site.ts';
import { enter, headOf, Host, read, renew } from './host.ts';

// Reads the whole sample site with the same code as the door and the worker, while the host lies about one file at a
// time.

const dist = join(sampleFolder(''), 'dist');
const envelopeHead = 45 + 176;
const tag = 16;

/** A published file, and the path of what members read in it. */
interface File {
  path: string;
  address: string;
  /** Length of the clear part and the sealed header, which have an authentication tag of their own. */
  head: number;
}

let host: Host;
let anna: Unwrapped;
let root: Root;
/** Pages, media heads and segments. */
let files: File[];
let objects: File[];

beforeAll(async () => {
  host = new Host(dist);
  anna = await entered();
  root = parseRoot(anna.access.root);
  const { media } = await sampleContent('');
  const pages = listFiles(dist).filter((file) => file.endsWith('.html'));
  const paths = [...pages.map(logicalPath), ...media.map(({ path }) => path)];
  const found = await Promise.all(paths.map(async (path) => ({ path, entry: await entryOf(path) })));
  const sealed = found.flatMap(({ path, entry }) => (entry ? [{ path, entry }] : []));
  objects = sealed.map(({ path, entry }) => ({
    path,
    address: objectAddress(entry.name),
    head: envelopeHead,
  }));
  const heads = sealed.filter(({ entry }) => entry.kind === 'media');
  const segments = await Promise.all(
    heads.map(async ({ path }) => {
      const { segments: names } = await headOf(anna, path);
      return names.map((name) => ({ path, address: objectAddress(name), head: 0 }));
    }),
  );
  files = [...objects, ...segments.flat()];
});
afterAll(() => vi.unstubAllGlobals());

async function entered(): Promise<Unwrapped> {
  const unwrapped = await enter();
  if ('reason' in unwrapped) throw new Error(unwrapped.reason);
  return unwrapped;
}

async function entryOf(path: string) {
  const keys = anna.access.keys[0]!;
  const names = root.tables[keys.keyId]!.shards;
  const index = await tableShardOf(keys, path, names.length);
  const name = names[index]!;
  const shard = await openTableShard(keys, index, names.length, { name, bytes: host.object(name) });
  return lookup(keys, shard!, path);
}

/** Returns the offsets of the clear part and the sealed header at the front, and of the tag at the end. */
function guardedBytes({ address, head }: File): number[] {
  const { length } = host.file(address);
  return [...range(0, head), ...range(length - tag, length)];
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const refuses = (path: string, address: string, bytes: Bytes) =>
  host.with(address, bytes, async () => expect(await read(anna, path)).toBe('broken'));

test('untouched, every file opens', async () => {
  expect(files.length).toBeGreaterThan(100);
  for (const path of new Set(files.map((file) => file.path))) {
    expect(await read(anna, path), path).toBeInstanceOf(Uint8Array);
  }
});

describe('any flipped bit of a header or tag is refused', () => {
  test.each(['page', 'media head', 'segment'])('of a %s', async (kind) => {
    const file = files.find(({ path, head }) =>
      kind === 'page'
        ? path.endsWith('/')
        : path.startsWith('/media/') && head > 0 === (kind === 'media head'),
    )!;
    const bytes = host.file(file.address);
    for (const at of guardedBytes(file)) await refuses(file.path, file.address, flipped(bytes, at));
  });

  test('of a table shard', async () => {
    const { path } = objects[0]!;
    const keys = anna.access.keys[0]!;
    const names = root.tables[keys.keyId]!.shards;
    const address = objectAddress(names[await tableShardOf(keys, path, names.length)]!);
    const bytes = host.file(address);
    for (const at of guardedBytes({ path, address, head: envelopeHead })) {
      await refuses(path, address, flipped(bytes, at));
    }
  });

  test('of a record in the key store', async () => {
    const token = await importToken(parseToken(await tokenOf('anna'))!);
    const index = await keyStoreShardOf(token, root.epoch, root.keystore.length);
    const address = objectAddress(root.keystore[index]!);
    const bytes = host.file(address);
    const size = (bytes.length - 7) / 160;
    let ours = 0;
    for (let at = 7; at < bytes.length; at += size) {
      const refused = await host.with(
        address,
        flipped(bytes, at + size - 1),
        async () => 'reason' in (await enter()),
      );
      if (refused) ours = at;
    }
    expect(ours).toBeGreaterThan(0);
    for (const at of [...range(0, 7), ...range(ours, ours + size)]) {
      const answer = await host.with(address, flipped(bytes, at), () => enter());
      expect(answer, String(at)).toHaveProperty('reason');
    }
  });

  test('of root, for a newcomer and for a member who is in', async () => {
    const bytes = host.file('root');
    for (const at of range(0, bytes.length)) {
      await host.with('root', flipped(bytes, at), async () => {
        expect(await enter(), String(at)).toHaveProperty('reason');
        expect(await renew(anna), String(at)).toHaveProperty('reason');
      });
    }
  });
});

test('a thousand flipped bits over the whole site are refused', async () => {
  const random = seeded(20261122);
  for (let i = 0; i < 1000; i++) {
    const file = files[random(files.length)]!;
    const bytes = host.file(file.address);
    const at = file.head + random(bytes.length - tag - file.head);
    await refuses(file.path, file.address, flipped(bytes, at, random(8)));
  }
});

test('files that are cut or extended are refused', async () => {
  const random = seeded(3);
  for (const { path, address } of files) {
    const bytes = host.file(address);
    await refuses(path, address, bytes.slice(0, random(bytes.length)));
    await refuses(path, address, bytes.slice(0, -1));
    await refuses(path, address, new Uint8Array([...bytes, 0]));
  }
});

test('each object and segment in place of another is refused', async () => {
  for (const [i, { path, address, head }] of files.entries()) {
    const others = files.filter((other) => other.head === head && other.address !== address);
    await refuses(path, address, host.file(others[i % others.length]!.address));
  }
});

test('an object of another epoch, and an older one of this epoch, are refused', async () => {
  const { path, address } = objects.find((file) => file.path.endsWith('/'))!;
  const plain = await read(anna, path);
  if (typeof plain === 'string') throw new Error(plain);
  const secret = parseSecret(testSecret);
  const page = { type: 'text/html', bytes: plain };
  const before = await sealObject(await deriveTierKeys(secret, 'members', '0'.repeat(32)), path, page);
  await refuses(path, address, before.bytes);
  const older = { ...page, bytes: plain.slice(1) };
  await refuses(
    path,
    address,
    (await sealObject(await deriveTierKeys(secret, 'members', root.epoch), path, older)).bytes,
  );
});

test('a root that was rolled back is refused, although it is signed', async () => {
  const keys = await deriveTierKeys(parseSecret(testSecret), 'members', root.epoch);
  const older = encodeRoot(await signRoot({ ...root, build: root.build - 1 }, [keys]));
  await host.with('root', older, async () => {
    expect(await renew(anna)).toEqual({ reason: 'broken' });
    expect(await enter('anna', anna.access.root)).toEqual({ reason: 'broken' });
    // Someone who has never seen the newer one can't notice.
    expect(await enter()).toHaveProperty('access');
  });
});
