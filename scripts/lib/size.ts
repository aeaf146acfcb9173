import { statSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './folder.ts';

/** How much some files are. */
export interface Size {
  files: number;
  bytes: number;
}

/** All files below a folder; nothing where there is no such folder. */
export function sizeOf(folder: string): Size {
  const files = listFiles(folder);
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}
