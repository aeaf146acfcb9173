import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../lib/main.ts';
import { readSettings, type Settings } from '../lib/settings.ts';
import { noteOf, type Section } from './corpus.ts';

/** Flags for a headless Chromium that may run as root and makes no network requests of its own. */
export const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/**
 * Lays out a site that is built once and removed: content, one member, and a secret of its own.
 *
 * @param sections - each becomes a note; without any, the project's own content is built
 * @returns the settings that build it
 */
export function layOut(folder: string, sections?: readonly Section[]): Settings {
  const members = join(folder, 'members.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(members, '- id: bench\n');
  const notes = join(folder, 'content', 'notes');
  for (const section of sections ?? []) {
    if (!/^[a-z0-9-]{1,80}$/.test(section.id))
      throw new CommandError(`id "${section.id}" is not valid in an address`, 2);
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, `${section.id}.mdx`), noteOf(section));
  }
  // A fixed secret is safe, as the site is removed at the end.
  process.env.KB_SECRET = 'be7c'.repeat(16);
  const settings = readSettings({
    ...(sections && { KB_CONTENT: join(folder, 'content') }),
    KB_OUT: join(folder, 'dist'),
    KB_MEMBERS: members,
    KB_DATE: sections ? '2026-01-02' : '2026-11-22',
  });
  // What a build leaves for the next one is in the project's work folder, and there is no next one.
  process.on('exit', () => rmSync(settings.work, { recursive: true, force: true }));
  return settings;
}
