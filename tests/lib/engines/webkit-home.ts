import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** MiniBrowser's bar of tools would keep the window from being as narrow as a phone. */
const smallTools = `* {
  min-width: 0;
  min-height: 0;
  margin: 0;
  padding: 0;
  font-size: 1px;
  -gtk-icon-transform: scale(0.1);
}
`;

/** The settings of the person at a browser of GTK, and where it puts what they save. */
export interface Home {
  /** What the browser is to be started with. */
  env: NodeJS.ProcessEnv;
  /** Waits for the next file that is saved and takes it away. */
  saved(): Promise<{ name: string; bytes: Buffer }>;
  remove(): void;
}

/** @param still - asks for less motion: WebKitGTK tells pages so where the desktop has its animations off */
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
        // It bears another name until it is whole.
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
