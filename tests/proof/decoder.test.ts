import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import * as decoder from '../../scripts/audit/decoder/index.ts';
import { listFiles } from '../../scripts/lib/folder.ts';
import { logicalPath } from '../../scripts/lib/page-files.ts';
import { sampleContent, sampleFolder } from '../lib/sample.ts';
import { testSecret } from '../lib/site.ts';
import { enter, Host, read } from './host.ts';

const dist = join(sampleFolder(''), 'dist');
const file = (name: string) => ({ name, bytes: readFileSync(join(dist, 'o', name.slice(0, 2), name)) });

afterAll(() => vi.unstubAllGlobals());

test('the decoder imports nothing but modules of Node', () => {
  const folder = join(import.meta.dirname, '../../scripts/audit/decoder');
  const sources = listFiles(folder).filter((name) => !name.endsWith('.test.ts'));
  expect(sources).toContain('index.ts');
  const imported = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bfrom '([^']+)'|\bimport\(/g)].map(
      ([, from]) => from,
    ),
  );
  const own = sources.map((name) => `./${name}`);
  expect([...new Set(imported)].filter((from) => from === undefined || !own.includes(from)).sort()).toEqual([
    'node:crypto',
    'node:zlib',
  ]);
});

test('the decoder opens the whole sample site to what members read', async () => {
  const secret = Buffer.from(testSecret, 'hex');
  const root = decoder.readRoot(readFileSync(join(dist, 'root')));
  const tier = decoder.tierFrom(secret, 'members', root.epoch);
  expect(decoder.verifyRoot(tier, readFileSync(join(dist, 'root')))).toBe(true);
  const table = decoder.openTable(tier, root.tables[decoder.keyIdFrom(tier.content)]!.shards.map(file));

  new Host(dist);
  const anna = await enter();
  if ('reason' in anna) throw new Error(anna.reason);
  const { media } = await sampleContent('');
  const pages = listFiles(dist).filter((name) => name.endsWith('.html'));
  let opened = 0;
  for (const path of [...pages.map(logicalPath), ...media.map((one) => one.path)]) {
    const entry = table.get(decoder.pathIdsOf(tier)(path));
    if (!entry) continue;
    const decoded =
      entry.kind === 'object'
        ? decoder.openObject(tier, path, file(entry.name))
        : decoder.openMedia(tier, path, file(entry.name), (name) => file(name).bytes);
    expect(decoded.bytes.equals(Buffer.from((await read(anna, path)) as Uint8Array)), path).toBe(true);
    opened++;
  }
  expect(opened).toBeGreaterThan(pages.length / 2);
});
