import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseSecret } from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { testSecret } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listFiles } from '../lib/folder.ts';
import { serve } from '../lib/serve.ts';
import type { SealedSource, Site } from '../lib/site.ts';
import { sealSite } from '../steps/seal.ts';
import { Host } from '../verify/host.ts';
import { verifyVisit } from './verify.ts';

const secret = parseSecret(testSecret);
const settings = { date: '2026-11-22', number: 1 };
const membership = membershipOf('- id: anna\n- id: ben\n  tier: patrons\n');

const text = (html: string) => () => new TextEncoder().encode(html);
const page = (html: string): SealedSource => ({ type: 'text/html', kind: 'object', read: text(html) });
const site: Site = {
  readable: new Map(['notes/a/index.html', 'notes/b/index.html'].map((path) => [path, text('<p>门</p>')])),
  sealed: new Map([
    ['members', new Map([['/notes/a/', page('<p>甲</p>')]])],
    ['patrons', new Map([['/notes/b/', page('<p>乙</p>')]])],
  ]),
};

test('a visit lets a member of each tier in, and also opens what only the highest tier can read', async () => {
  const folder = temporaryFolder();
  const sealed = new Map([...site.sealed, ['patrons', new Map<string, SealedSource>()]]);
  await sealSite({ site: { ...site, sealed }, membership, secret, settings }, folder);
  const without = new Set(listFiles(folder));
  await sealSite({ site, membership, secret, settings }, folder);
  const serving = await serve({ folder, base: '', port: 0 });
  onTestFinished(() => serving.close());
  const visit = () => verifyVisit(new Host(serving.url.replace(/\/$/, '')), folder, membership, secret);
  expect(await visit()).toEqual([]);

  // The page of the higher tier is smaller than any table shard.
  const [first] = listFiles(folder).filter((file) => file.startsWith('o/') && !without.has(file));
  unlinkSync(join(folder, first!));
  expect(await visit()).toEqual([
    {
      address: serving.url,
      problem: expect.stringMatching(/a member of the tier "patrons" can't get in: .*404/) as string,
    },
  ]);
});
