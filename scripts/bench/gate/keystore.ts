import {
  deriveTierKeys,
  importTierKeys,
  importToken,
  issueToken,
  keyStoreShardOf,
  openRecord,
  parseToken,
} from '../../../src/vault/index.ts';
import { sealKeyStoreFast } from '../../lib/record-threads.ts';
import { percentile } from '../measure.ts';

const counts = [10, 1_000, 100_000];
const unlocks = 50;

/**
 * Measures the key store for different numbers of members: its size, what one member fetches, unlocking, and making it.
 */
export async function benchKeyStore(): Promise<Record<string, Record<string, string>>> {
  const secret = new Uint8Array(32).fill(7);
  const epoch = '0'.repeat(32);
  const tiers = [await deriveTierKeys(secret, 'members', epoch)];
  const table: Record<string, Record<string, string>> = {};
  for (const count of counts) {
    const members = Array.from({ length: count }, (_, i) => ({ id: `m${i}`, serial: 1, tier: 'members' }));
    // CPU time of all threads: with other load on the machine, wall-clock time says little.
    const start = process.cpuUsage();
    const shards = await sealKeyStoreFast({ secret, epoch, tiers, members });
    const { user, system } = process.cpuUsage(start);

    const times: number[] = [];
    for (let i = 0; i < unlocks; i++) {
      const token = parseToken(await issueToken(secret, `m${i % count}`, 1))!;
      const begin = performance.now();
      const key = await importToken(token);
      const shard = shards[await keyStoreShardOf(key, epoch, shards.length)]!;
      const record = await openRecord(key, epoch, shard.bytes);
      if (!record || !('keys' in record)) throw new Error('the key store has no keys for a member');
      await Promise.all(record.keys.map(importTierKeys));
      times.push(performance.now() - begin);
    }
    table[`${count.toLocaleString('en')} members`] = {
      'bytes in total': shards.reduce((sum, { bytes }) => sum + bytes.length, 0).toLocaleString('en'),
      'bytes fetched': shards[0]!.bytes.length.toLocaleString('en'),
      'unlock ms p50': percentile(times, 0.5).toFixed(1),
      'unlock ms p95': percentile(times, 0.95).toFixed(1),
      'CPU s': ((user + system) / 1e6).toFixed(2),
    };
  }
  return table;
}
