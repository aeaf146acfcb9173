import { z } from 'astro/zod';
import type { FileHistory } from '../../src/history.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { readFrontMatter } from '../../src/markdown/frontmatter.ts';
import { isTeased, teaserOf } from '../../src/markdown/projection.ts';
import { LOWEST_TIER, type Audience } from '../../src/model/audience.ts';
import { TAG } from '../../src/text/tag.ts';
import { ADDRESS, Said, type Name } from './names.ts';

/** Everything that people write: the entries, and the lists around them. */
type Written = Pick<
  Content,
  'entries' | 'people' | 'topics' | 'series' | 'start' | 'suggestions' | 'synonyms'
>;

/**
 * Returns what these audiences can learn: which entries they read, their text, and the addresses they link to.
 *
 * @param writers - the authors of each entry by git, which its full readers may know; the public learns none
 */
export function reachOf(
  { entries }: Written,
  circles: readonly Audience[],
  writers: ReadonlyMap<string, Pick<FileHistory, 'contributors'>> = new Map(),
) {
  const isOpen = ({ access }: Entry) => circles.includes(access);
  const open = entries.flatMap((entry) => (isOpen(entry) ? allText(entry) : textAboveTheLine(entry)));
  const ids = new Set(open);
  const linked = new Set(
    entries.flatMap((entry) => addressesIn(isOpen(entry) ? entry.html : (entry.publicHtml ?? ''))),
  );
  const isKnown = (list: string, id: string) => ids.has(id) || linked.has(`/${list}/${id}/`);
  const told = circles.length === 1 ? [] : entries.filter(isOpen);
  const wrote = told.flatMap(({ id }) => writers.get(id)?.contributors ?? []);
  return { isOpen, open, linked, isKnown, wrote };
}

type Reach = ReturnType<typeof reachOf>;

/** Returns the names of people, topics and series that are mentioned in what these audiences read. */
export function knownNames({ people, topics, series }: Written, { isKnown }: Reach): string[] {
  return [
    ...[...people.values()].filter(({ id }) => isKnown('people', id)).map(({ name }) => name),
    ...[...topics.values()].filter(({ id }) => isKnown('topics', id)).flatMap(stringsIn),
    ...[...series.values()].filter(({ id }) => isKnown('series', id)).flatMap(stringsIn),
  ];
}

/**
 * Returns the names that these audiences must not see. A name in an entry that they read is allowed, and so is one in
 * the site's own code (`theme`), as a topic may have the same name as a button.
 */
export function closedNames(whole: Written, circles: readonly Audience[], reach: Reach, theme: Said): Name[] {
  const { entries, people, topics, series } = whole;
  const { isOpen, open, linked, isKnown, wrote } = reach;
  const said = new Said([...open, ...wrote, ...knownNames(whole, reach), ...openLists(whole, circles)]);
  const isSaid = (name: string) => said.says(name) || theme.says(name);

  const names: Name[] = [];
  for (const entry of entries) {
    if (isOpen(entry) || entry.publicHtml !== undefined) continue;
    const { title, address, file: of } = entry;
    if (isTeased(entry)) {
      // The door shows the teaser, and no other page may.
      const except = `${address.slice(1)}index.html`;
      const told = stringsIn(teaserOf(entry)).filter((text) => !theme.says(text));
      names.push(...[...told, address].map((text) => ({ text, of, except })));
      const alts = altsIn(entry.html).filter((text) => !isSaid(text));
      names.push(...alts.map((text) => ({ text, of })));
      continue;
    }
    if (!linked.has(address)) names.push({ text: address, of });
    const named = [title, ...altsIn(entry.html)].filter((text) => !isSaid(text));
    names.push(...named.map((text) => ({ text, of })));
  }
  for (const { id, name } of people.values())
    if (!isSaid(name)) names.push({ text: name, of: `people/${id}` });
  for (const [list, items] of [
    ['topics', topics],
    ['series', series],
  ] as const) {
    for (const item of items.values()) {
      if (isKnown(list, item.id)) continue;
      const of = `${list}.yaml`;
      const called = 'name' in item ? [item.name, ...item.aliases] : [item.title];
      names.push({ text: `/${list}/${item.id}/`, of });
      names.push(...called.filter((text) => !isSaid(text)).map((text) => ({ text, of })));
    }
  }
  return names;
}

/**
 * Returns the texts of the lists that these audiences may read: for members everything, except what points at entries
 * that they can't open. If a suggestion's entry is not published yet, members may read the suggestion.
 */
export function openLists(
  { entries, people, start, suggestions, synonyms }: Written,
  circles: readonly Audience[],
): string[] {
  if (circles.length === 1) return [];
  const accessOf = (id: string | undefined) => entries.find((entry) => entry.id === id)?.access;
  const isOpen = (access: Audience | undefined) => access !== undefined && circles.includes(access);
  return [
    ...start.picks.filter(({ entry }) => isOpen(accessOf(entry))),
    ...start.who.map(({ person, for: what }) => [people.get(person)?.name, what]),
    ...suggestions.filter(({ entry }) => isOpen(accessOf(entry) ?? LOWEST_TIER)),
    ...suggestions.map(({ by = '' }) => people.get(by)?.name),
    ...synonyms,
  ].flatMap(stringsIn);
}

/** Returns the titles of unpublished sources, except those that occur in published content. */
export function withheldTitles(
  withheld: readonly { file: string; source: string }[],
  { entries, people, topics, series, ...lists }: Written,
  theme: Said,
): Name[] {
  if (withheld.length === 0) return [];
  const maps = [people, topics, series].flatMap((map) => [...map.values()]);
  const said = new Said([
    ...entries.flatMap(allText),
    ...stringsIn([maps, lists.start, lists.suggestions, lists.synonyms]),
  ]);
  return withheld.flatMap(({ file, source }) => {
    const title = titleOf(source);
    return !title || said.says(title) || theme.says(title) ? [] : [{ text: title, of: file }];
  });
}

function titleOf(source: string): string | undefined {
  const { raw } = readFrontMatter(source, z.object({ title: z.string() }));
  const isTitled = typeof raw === 'object' && raw !== null && 'title' in raw;
  return isTitled && typeof raw.title === 'string' ? raw.title : undefined;
}

/** Returns all texts of an entry: its body and every string of its front matter. */
export function allText(entry: Entry): string[] {
  return [textOf(entry.html), ...stringsIn(entry.data)];
}

/** Returns the texts of an entry for those who can't open it: what is above `<Members />`, its teaser, or nothing. */
export function textAboveTheLine(entry: Entry): string[] {
  if (isTeased(entry)) return stringsIn(teaserOf(entry));
  if (entry.publicHtml === undefined) return [];
  // The chapters of a recording tell what is said below the line.
  return [textOf(entry.publicHtml), ...stringsIn({ ...entry.data, chapters: undefined })];
}

/**
 * Returns the texts of an unpublished source: its body, and each string of its front matter by itself, as
 * {@link allText} does. Comments never become part of a page, and ids are words of our own pages too.
 */
export function textsOfSource(source: string): string[] {
  const { raw, body, findings } = readFrontMatter(source, z.unknown());
  return (findings.length > 0 ? [source] : [body, ...stringsIn(raw)]).map(wordsOfSource);
}

/**
 * Returns the words of an unpublished source without the addresses in it: other pages may link to the same addresses,
 * and the letters of an address would join with the words beside it. Only ASCII counts as part of an address, because
 * Chinese words may follow it without a space.
 */
export function wordsOfSource(source: string): string {
  return source.replace(/\b[a-z][a-z0-9+.-]{0,20}:\/\/[!-~]*|(?<![\w./-])[\w./-]+\.mdx(?:#[!-~]*)?/gi, ' ');
}

/** Returns the words of HTML without its markup, but with the alt texts of its images. */
function textOf(html: string): string {
  return html.replace(TAG, (tag) => {
    const [, alt] = /\salt="([^"]*)"/.exec(tag) ?? [];
    return alt === undefined ? '' : ` ${alt} `;
  });
}

function altsIn(html: string): string[] {
  return Array.from(html.matchAll(/\salt="([^"]+)"/g), ([, alt = '']) => alt);
}

function addressesIn(html: string): string[] {
  return html.match(ADDRESS) ?? [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
