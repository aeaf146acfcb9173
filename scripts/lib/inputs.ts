import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../src/history.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import { listFiles } from './folder.ts';
import type { Settings } from './settings.ts';

/** Everything of the project that a build reads, apart from content and members. */
const projectFiles = ['src', 'public', 'scripts', 'astro.config.mjs', 'package-lock.json'];

/** A digest of all that a build depends on: equal digests mean equal sites. 64 hex digits. */
export function inputsDigest(settings: Settings, secret: Uint8Array): string {
  const { site = '', date, number, history } = settings;
  const project = projectFiles.map((name) => join(settings.root, name));
  return digestOf(
    secret,
    JSON.stringify({ site, date, number }),
    JSON.stringify([...readHistory(history.folder, history.revision)]),
    digestOfFiles([settings.content, settings.members, ...project]),
  );
}

/** A digest of files and of all files in folders, with their paths; what is missing counts as nothing. 64 hex digits. */
export function digestOfFiles(paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(`\n${path}\n`);
    if (!existsSync(path)) continue;
    const files = lstatSync(path).isDirectory() ? listFiles(path).map((file) => join(path, file)) : [path];
    for (const file of files) {
      // A link's target is not read: the check refuses links, and one may point at anything.
      const bytes = lstatSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0);
      hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}
