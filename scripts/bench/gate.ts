import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from '../lib/log.ts';
import { buildSite } from '../build.ts';
import { benchBuild } from './gate/build.ts';
import { benchDoor } from './gate/door.ts';
import { benchKeyStore } from './gate/keystore.ts';
import { benchOpening, layOutPlain } from './gate/opening.ts';
import { benchSealing } from './gate/sealing.ts';
import { layOut } from './site.ts';

/**
 * Measures the costs of the gate against the same work without it, in the same run, and prints tables.
 *
 * @throws CommandError when a site can't be built or there is no browser
 */
export async function benchGate(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-bench-'));
  try {
    console.table(await step('sealing', benchSealing));
    console.table(await step('key store', benchKeyStore));
    const sample = layOut(join(folder, 'sample'));
    const built = await buildSite(sample);
    console.table(benchDoor(sample.out));
    const plain = layOutPlain(built, join(folder, 'plain'));
    console.table(await step('opening pages', () => benchOpening(sample, plain)));
    console.table(await benchBuild(join(folder, 'many')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
