import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../src/history.ts';
import { listFiles } from './folder.ts';
import type { Settings } from './settings.ts';

/** Everything of the project that a build reads, apart from content and members. */
const projectFiles = ['src', 'public', 'scripts', 'astro.config.mjs', 'package-lock.json'];

/** A digest of all that a build depends on: equal digests mean equal sites. 64 hex digits. */
export function inputsDigest(settings: Settings, secret: Uint8Array): string {
  const hash = createHash('sha256').update(secret);
  const { site = '', date, number } = settings;
  hash.update(JSON.stringify({ site, date, number }));
  hash.update(JSON.stringify([...readHistory(settings.content)]));
  const inputs = [
    settings.content,
    settings.members,
    ...projectFiles.map((name) => join(settings.root, name)),
  ];
  for (const input of inputs) {
    hash.update(`\n${input}\n`);
    if (!existsSync(input)) continue;
    const files = lstatSync(input).isDirectory()
      ? listFiles(input).map((file) => join(input, file))
      : [input];
    for (const file of files) {
      // A link's target is not read: the check refuses links, and one may point at anything.
      const bytes = lstatSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0);
      hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}
