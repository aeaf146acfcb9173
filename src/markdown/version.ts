import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let known: string | undefined;

/**
 * A digest of everything that decides how a source is rendered: this code, the model, and the locked packages. What was
 * kept under another version is not used again, so nobody has to count versions by hand.
 */
export function rendererVersion(): string {
  if (known === undefined) {
    const project = projectFolder();
    const hash = createHash('sha256');
    addFolder(hash, join(project, 'src/markdown'));
    addFolder(hash, join(project, 'src/model'));
    hash.update(readFileSync(join(project, 'package-lock.json')));
    known = hash.digest('hex').slice(0, 16);
  }
  return known;
}

/** Bundlers move this code; the sources are found from wherever it runs inside the project. */
function projectFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'src/markdown/version.ts'))) return folder;
    if (dirname(folder) === folder) throw new Error('the sources of the renderer are not where it runs');
  }
}

function addFolder(hash: Hash, folder: string): void {
  const items = readdirSync(folder, { withFileTypes: true });
  for (const item of items.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, item.name);
    if (item.isDirectory()) addFolder(hash, path);
    else if (!item.name.endsWith('.test.ts'))
      hash.update(item.name).update('\0').update(readFileSync(path)).update('\0');
  }
}
