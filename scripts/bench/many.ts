import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMS } from '../../src/model/form.ts';

/**
 * Writes a content folder with the given number of entries: the project's own, then copies of those that need no other
 * files, each with its Han characters exchanged. So no two are the same, and all are as long and varied as real ones.
 *
 * @returns how many entries there are
 */
export function writeMany(own: string, target: string, entries: number): number {
  cpSync(own, target, { recursive: true });
  const sources = FORMS.filter((form) => form !== 'people').flatMap((form) =>
    readdirSync(join(own, form))
      .filter((name) => name.endsWith('.mdx'))
      .map((name) => ({ form, name, text: readFileSync(join(own, form, name), 'utf8') })),
  );
  const characters = [
    ...new Set(
      sources
        .map(({ text }) => text)
        .join('')
        .match(/\p{Script=Han}/gu),
    ),
  ];
  let count = FORMS.reduce((sum, form) => sum + readdirSync(join(own, form)).length, 0);
  for (let copy = 1; count < entries; copy++) {
    const other = new Map(
      characters.map((one, index) => [one, characters[(index * 7 + copy * 31) % characters.length]!]),
    );
    for (const { form, name, text } of sources) {
      if (count >= entries) break;
      const file = join(target, form, `${name.slice(0, -'.mdx'.length)}-${copy}.mdx`);
      mkdirSync(join(target, form), { recursive: true });
      writeFileSync(file, rewritten(text, copy, other));
      count++;
    }
  }
  return count;
}

/** Exchanges the Han characters of an entry. Addresses in links stay, and what may occur only once is removed. */
function rewritten(text: string, copy: number, other: ReadonlyMap<string, string>): string {
  return text
    .replace(/^(?:series|number|aliases|featured): .*\n/gm, '')
    .replace(/^slug: (.*)$/m, (_, slug: string) => `slug: ${slugOf(slug, copy)}`)
    .split(/(\]\([^)]*\))/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\p{Script=Han}/gu, (one) => other.get(one) ?? one),
    )
    .join('');
}

/** Returns the slug of a copy. Members' addresses end in four random characters, also those of copies. */
function slugOf(slug: string, copy: number): string {
  const [, day, drawn] = /^(\d{4}-\d\d-\d\d)-(\w{4})$/.exec(slug) ?? [];
  if (day === undefined || drawn === undefined) return `${slug}-${copy}`;
  return `${day}-${drawn.slice(0, 2)}${copy.toString(36).padStart(2, '0')}`;
}
