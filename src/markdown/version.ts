import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const known = new Map<string, string>();

/**
 * Returns a digest of everything that affects how a source is rendered: this code, the model, the site's language, how
 * texts are formatted, and the locked packages. Results cached under another version are never used, so nobody has to
 * bump a version by hand.
 */
export function rendererVersion(): string {
  return versionOf('src/markdown', 'src/model', 'src/i18n', 'src/text', 'src/media-types.ts', 'src/site.ts');
}

/** Returns a digest of the given files and folders of the project, without tests, and of the locked packages. */
export function versionOf(...paths: string[]): string {
  const key = paths.join(' ');
  let version = known.get(key);
  if (version === undefined) {
    const project = projectFolder();
    const hash = createHash('sha256');
    for (const path of [...paths, 'package-lock.json']) add(hash, join(project, path));
    version = hash.digest('hex').slice(0, 16);
    known.set(key, version);
  }
  return version;
}

/** Finds the project's folder. Bundlers move this code, so the search goes up from wherever it runs. */
function projectFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'src/markdown/version.ts'))) return folder;
    if (dirname(folder) === folder) throw new Error('the sources of the renderer are not where it runs');
  }
}

function add(hash: Hash, path: string): void {
  if (statSync(path).isFile()) {
    hash.update(basename(path)).update('\0').update(readFileSync(path)).update('\0');
    return;
  }
  for (const name of readdirSync(path).sort()) if (!name.endsWith('.test.ts')) add(hash, join(path, name));
}
