import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import { listFiles } from '../lib/folder.ts';
import type { Settings } from '../lib/settings.ts';

/**
 * Bundles the service worker into one classic script, so that a browser fetches it whole or not at all.
 *
 * @param styles - the folder with the styles and scripts of its build, of which it keeps no wrong ones
 * @returns the source of `sw.js`
 */
export async function bundleWorker(
  { root, base }: Pick<Settings, 'root' | 'base'>,
  styles: string,
): Promise<string> {
  // Vite takes half a second to load, and most builds don't need it.
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    define: { __BASE__: JSON.stringify(`${base}/`), __THEME__: JSON.stringify(digestsIn(styles)) },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: join(root, 'src/worker/index.ts'),
        formats: ['iife'],
        name: 'worker',
        fileName: () => 'sw.js',
      },
    },
  });
  const [{ output }] = result as [Rolldown.RolldownOutput];
  if (output.length !== 1) throw new Error(`the worker must be one file, got ${output.length}`);
  return output[0].code;
}

/** Returns a digest of each file in a folder, as src/worker/theme.ts makes it. */
function digestsIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    listFiles(folder).map((file) => [file, hash('sha256', readFileSync(join(folder, file))).slice(0, 32)]),
  );
}
