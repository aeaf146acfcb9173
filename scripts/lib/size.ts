import { statSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './folder.ts';

/** The number and total size of some files. */
export interface Size {
  files: number;
  bytes: number;
}

/** Counts all files below a folder; zero if there is no such folder. */
export function sizeOf(folder: string): Size {
  const files = listFiles(folder);
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}
