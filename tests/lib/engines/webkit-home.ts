import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** MiniBrowser's toolbar would keep the window from being as narrow as a phone. */
const smallTools = `* {
  min-width: 0;
  min-height: 0;
  margin: 0;
  padding: 0;
  font-size: 1px;
  -gtk-icon-transform: scale(0.1);
}
`;

/** The home folder of a GTK browser: its settings and downloads. */
export interface Home {
  /** The environment to start the browser with. */
  env: NodeJS.ProcessEnv;
  /** Waits for the next saved file, returns it and deletes it. */
  saved(): Promise<{ name: string; bytes: Buffer }>;
  remove(): void;
}

/**
 * Creates a temporary home folder.
 *
 * @param still - reduces motion: WebKitGTK passes this on to pages if the desktop's animations are off
 */
export function furnishHome(still = false): Home {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-webkit-'));
  const downloads = join(folder, 'downloads');
  const gtk = join(folder, 'gtk-3.0');
  for (const made of [downloads, gtk]) mkdirSync(made);
  writeFileSync(join(folder, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  writeFileSync(join(gtk, 'gtk.css'), smallTools);
  writeFileSync(join(gtk, 'settings.ini'), `[Settings]\ngtk-enable-animations=${still ? 0 : 1}\n`);
  return {
    env: { XDG_CONFIG_HOME: folder },
    saved: () =>
      until('a file that is saved', async () => {
        // It has another name until it is complete.
        const name = (await readdir(downloads)).find((one) => !one.endsWith('.wkdownload'));
        if (name === undefined) return null;
        const file = join(downloads, name);
        const bytes = await readFile(file);
        await rm(file);
        return { value: { name, bytes } };
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
