import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../src/history.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import { listFiles } from './folder.ts';
import type { Settings } from './settings.ts';

/** The files of the project that a build reads, apart from content and members. */
const projectFiles = ['src', 'public', 'scripts', 'astro.config.mjs', 'package-lock.json'];

/** Returns a digest of everything that a build depends on: equal digests mean equal sites. 64 hex digits. */
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

/**
 * Returns a digest of the files given and of all files in the folders given, with their paths. A missing path counts as
 * empty. A path given may itself be a link. 64 hex digits.
 */
export function digestOfFiles(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string, bytes: Uint8Array) => hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  for (const path of paths) {
    hash.update(`\n${path}\n`);
    const state = statSync(path, { throwIfNoEntry: false });
    if (state?.isFile()) add(path, readFileSync(path));
    if (!state?.isDirectory()) continue;
    for (const file of listFiles(path).map((name) => join(path, name))) {
      // Links inside a folder are not followed: the check refuses them, and the target may be anything.
      add(file, lstatSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0));
    }
  }
  return hash.digest('hex');
}
