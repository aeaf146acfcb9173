import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from './target.ts';

/** Writes one small file that is in memory. */
export async function writeBytes(target: Target, path: string, bytes: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-'));
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
    await target.write(folder, [path]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
