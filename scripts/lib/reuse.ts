import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { digestOfFiles } from './inputs.ts';

/**
 * Makes the files of `folder`, unless they stand as an earlier run made them of the very same input.
 *
 * @param folder - belongs to this alone, with `FOLDER.digests` beside it; what is in it goes when it is made anew
 * @param readInput - a digest of all that `make` reads: equal digests have to mean equal files
 * @param make - writes into the folder
 * @throws what `make` throws; the folder is then made anew the next time
 */
export async function reuse(
  folder: string,
  readInput: () => string,
  make: () => Promise<void>,
): Promise<void> {
  const record = `${folder}.digests`;
  const input = readInput();
  if (existsSync(record) && readFileSync(record, 'utf8') === `${input} ${digestOfFiles([folder])}`) return;
  for (const path of [record, folder]) rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await make();
  // What somebody edited meanwhile may be in some of the files and not in others.
  if (readInput() === input) writeFileSync(record, `${input} ${digestOfFiles([folder])}`);
}
