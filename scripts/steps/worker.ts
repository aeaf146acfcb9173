import { join } from 'node:path';
import type { Rolldown } from 'vite';
import type { Settings } from '../lib/settings.ts';

/**
 * Bundles the service worker into one classic script, so that a browser fetches it whole or not at all.
 *
 * @returns the source of `sw.js`
 */
export async function bundleWorker({ root, base }: Pick<Settings, 'root' | 'base'>): Promise<string> {
  // Vite takes half a second to load, and most builds don't need it.
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    define: { __BASE__: JSON.stringify(`${base}/`) },
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
