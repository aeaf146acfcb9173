import { z } from 'astro/zod';
import type { FileHistory } from '../../src/history.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { readFrontMatter } from '../../src/markdown/frontmatter.ts';
import { isTeased, teaserOf } from '../../src/markdown/projection.ts';
import { LOWEST_TIER, type Audience } from '../../src/model/audience.ts';
import { isPerson } from '../../src/model/schemas.ts';
import type { Series } from '../../src/model/series.ts';
import type { Topic } from '../../src/model/topics.ts';
import { TAG } from '../../src/text/tag.ts';
import { ADDRESS, Said, unlessSaid, type Name } from './names.ts';
import { isInline, resolveEscapes } from './readings.ts';

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
  const isPublic = circles.length === 1;
  const isOpen = ({ access }: Entry) => circles.includes(access);
  // A teaser is read on its own door alone.
  const read = entries.filter((entry) => isOpen(entry) || entry.publicHtml !== undefined);
  const open = read.flatMap((entry) => (isOpen(entry) ? allText(entry) : textAboveTheLine(entry)));
  const linked = new Set(
    read.flatMap((entry) => addressesIn(isOpen(entry) ? entry.html : (entry.publicHtml ?? ''))),
  );
  const referred = new Set(read.flatMap(({ data }) => referencesIn(data)));
  const people = new Map(
    entries.filter(({ data }) => isPerson(data)).map(({ id, address }) => [id as string, address]),
  );
  const isKnown = (list: List, id: string) =>
    referred.has(`${list}/${id}`) || linked.has(people.get(`${list}/${id}`) ?? `/${list}/${id}/`);
  const told = isPublic ? [] : entries.filter(isOpen);
  const wrote = told.flatMap(({ id }) => writers.get(id)?.contributors ?? []);
  return { isPublic, isOpen, open, linked, isKnown, wrote };
}

type Reach = ReturnType<typeof reachOf>;
type List = 'people' | 'topics' | 'series';

/** Returns the people, topics and series that a front matter names, as `topics/retention`. */
function referencesIn(data: Entry['data']): string[] {
  if (isPerson(data)) return [];
  const people = [
    ...Object.values(data.people).flat(),
    ...('speakers' in data ? data.speakers : []),
    ...('asked_by' in data ? [data.asked_by] : []),
  ];
  return [
    ...people.map((id) => `people/${id}`),
    ...data.topics.map((id) => `topics/${id}`),
    ...(data.series === undefined ? [] : [`series/${data.series}`]),
  ];
}

/** Returns the names of people, topics and series that are mentioned in what these audiences read. */
export function knownNames({ people, topics, series }: Written, { isKnown, isPublic }: Reach): string[] {
  const known = [
    ...[...topics.values()].filter(({ id }) => isKnown('topics', id)),
    ...[...series.values()].filter(({ id }) => isKnown('series', id)),
  ];
  return [
    ...[...people.values()].filter(({ id }) => isKnown('people', id)).map(({ name }) => name),
    ...known.flatMap((item) => (isPublic ? namesOf(item).slice(0, 1) : stringsIn(item))),
  ];
}

/** Returns the name of a topic or series, then its other names, which strangers don't learn. */
function namesOf(item: Topic | Series): string[] {
  return 'name' in item ? [item.name, ...item.aliases] : [item.title];
}

/**
 * Returns the names that these audiences must not see. A name in an entry that they read is allowed, and so is one in
 * the site's own code (`theme`), as a topic may have the same name as a button.
 */
export function closedNames(whole: Written, circles: readonly Audience[], reach: Reach, theme: Said): Name[] {
  const { entries, people, topics, series } = whole;
  const { isPublic, isOpen, open, linked, isKnown, wrote } = reach;
  const lists = listTexts(whole, circles, reach).filter((list) => list.isOpen);
  const said = new Said([
    ...open,
    ...wrote,
    ...knownNames(whole, reach),
    ...lists.flatMap(({ texts }) => texts),
  ]);

  const names: Name[] = [];
  const close = (texts: readonly string[], of: string) => {
    names.push(...texts.flatMap((text) => unlessSaid({ text, of }, said, theme)));
  };
  for (const entry of entries) {
    if (isOpen(entry)) continue;
    const { address, data, file: of } = entry;
    close(altsIn(entry.html), of);
    if (isPerson(data)) close(data.aliases, of);
    if (entry.publicHtml !== undefined) continue;
    close(isTeased(entry) ? stringsIn(teaserOf(entry)) : [entry.title], of);
    if (!linked.has(address)) names.push({ text: address, of });
  }
  for (const { id, name } of people.values()) close([name], `people/${id}`);
  for (const [list, items] of [
    ['topics', topics],
    ['series', series],
  ] as const) {
    for (const item of items.values()) {
      const of = `${list}.yaml`;
      const isNamed = isKnown(list, item.id);
      if (!isNamed) names.push({ text: `/${list}/${item.id}/`, of });
      if (!isNamed || isPublic) close(namesOf(item), of);
    }
  }
  return names;
}

/** Texts of one of the lists, and whether an audience may read them. */
interface ListTexts {
  /** The file of the list in the content folder. */
  file: string;
  texts: string[];
  isOpen: boolean;
}

/**
 * Returns the texts of the lists around the entries: for members everything is open, except what points at entries that
 * they can't open. If a suggestion's entry is not published yet, members may read the suggestion.
 */
export function listTexts(
  { entries, people, topics, series, start, suggestions, synonyms }: Written,
  circles: readonly Audience[],
  { isPublic, isKnown }: Reach,
): ListTexts[] {
  const accessOf = (id: string | undefined) => entries.find((entry) => entry.id === id)?.access;
  const isFor = (access: Audience | undefined) =>
    !isPublic && access !== undefined && circles.includes(access);
  const textsIn = (file: string, item: unknown, isOpen: boolean) => ({
    file,
    texts: stringsIn(item),
    isOpen,
  });
  return [
    ...Array.from(topics.values(), ({ id, definition }) =>
      textsIn('topics.yaml', [definition], !isPublic && isKnown('topics', id)),
    ),
    ...Array.from(series.values(), ({ id, summary }) =>
      textsIn('series.yaml', [summary], !isPublic && isKnown('series', id)),
    ),
    ...start.picks.map((pick) => textsIn('start.yaml', pick, isFor(accessOf(pick.entry)))),
    ...start.who.map(({ person, for: what }) =>
      textsIn('start.yaml', [people.get(person)?.name, what], !isPublic),
    ),
    ...suggestions.map(({ by = '', ...said }) =>
      textsIn('suggestions.yaml', [said, people.get(by)?.name], isFor(accessOf(said.entry) ?? LOWEST_TIER)),
    ),
    ...synonyms.map((words) => textsIn('synonyms.yaml', words, !isPublic)),
  ];
}

/**
 * Returns the titles of unpublished sources and the names of unpublished people, except those that occur in published
 * content.
 */
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
    return title ? unlessSaid({ text: title, of: file }, said, theme) : [];
  });
}

function titleOf(source: string): string | undefined {
  const { raw } = readFrontMatter(source, z.unknown());
  const { title, name } = typeof raw === 'object' ? ((raw ?? {}) as { title?: unknown; name?: unknown }) : {};
  return [title, name].find((text) => typeof text === 'string');
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

/**
 * Returns the words of HTML without its markup, but with the alt texts of its images. Each element has lines of its
 * own, apart from those within a sentence.
 */
function textOf(html: string): string {
  const words = html.replace(TAG, (tag) => {
    const [, alt] = /\salt="([^"]*)"/.exec(tag) ?? [];
    if (alt !== undefined) return `\n${alt}\n`;
    return isInline(tag) ? '' : '\n';
  });
  return resolveEscapes(words).trim();
}

function altsIn(html: string): string[] {
  return Array.from(html.matchAll(/\salt="([^"]+)"/g), ([, alt = '']) => resolveEscapes(alt));
}

function addressesIn(html: string): string[] {
  return html.match(ADDRESS) ?? [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
