import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../lib/folder.ts';
import type { Target } from './target.ts';

/** Writes one small file from memory to the target. */
export async function writeBytes(target: Target, path: string, bytes: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-'));
  try {
    writeFiles(folder, new Map([[path, bytes]]));
    await target.write(folder, [path]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
