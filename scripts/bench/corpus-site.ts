import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../../src/search/index.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { readSettings, type Settings } from '../lib/settings.ts';
import { noteOf, type Section } from './corpus.ts';

/** Writes the corpus as notes, with a member to open them, and gives the settings that build them. */
export function layOut(sections: readonly Section[], folder: string): Settings {
  const notes = join(folder, 'content', 'notes');
  mkdirSync(notes, { recursive: true });
  for (const section of sections) {
    if (!/^[a-z0-9-]{1,80}$/.test(section.id))
      throw new CommandError(`id "${section.id}" can't be an address`, 2);
    writeFileSync(join(notes, `${section.id}.mdx`), noteOf(section));
  }
  const members = join(folder, 'members.yaml');
  writeFileSync(members, '- id: bench\n');
  // The site is thrown away at the end; so is what it was sealed with.
  process.env.KB_SECRET = 'be7c'.repeat(16);
  return readSettings({
    KB_CONTENT: join(folder, 'content'),
    KB_OUT: join(folder, 'dist'),
    KB_MEMBERS: members,
    KB_DATE: '2026-01-02',
  });
}

/** The pages of the notes, as the build has rendered them for members. */
export function readPages(folder: string): Page[] {
  return listFiles(folder)
    .filter((file) => file.startsWith('notes/') && file.endsWith('/index.html'))
    .map((file) => ({
      address: `/${file.slice(0, -'index.html'.length)}`,
      html: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** `/notes/x/` or `notes/x` ⇒ `x`, the section that the note was written from. */
export const sectionOf = (address: string) => /notes\/([^/]+)\/?$/.exec(address)?.[1] ?? address;
