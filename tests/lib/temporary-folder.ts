import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder of a test's own, gone when the test is over. To be called within one, or before each. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
