import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { circlesOf, tiersOf, type Audience } from '../model/audience.ts';
import { isForm } from '../model/form.ts';
import { LIMITS } from '../model/limits.ts';
import { filesIn } from '../model/schemas.ts';
import type { Stubs } from '../model/stubs.ts';
import type { Body } from './body.ts';
import { compile } from './compile.ts';
import { listFolder, readLimited, type Folder } from './folder.ts';
import { anchorId, stubKey, targetOf } from './links.ts';
import type { Content, Entry } from './content.ts';
import { compare } from '../text/compare.ts';

/** The part of a content folder that was extracted for an audience. */
export interface Projected {
  folder: string;
  /** The file of what the part refers to but doesn't contain, see {@link Stubs}. */
  stubs: string;
}

/**
 * Writes a content folder with only what an audience may read: its entries with the files they use, and the entries of
 * higher tiers cut at `<Members />`. A file of stubs next to the folder has the names of people that these entries
 * mention and the addresses that they link to. A recording and its chapters belong to the part below the line. Members
 * also get the lists, without what only higher tiers may read; the public only gets the names of topics and series, and
 * what entries with `teaser: true` show on their doors. The target is emptied first.
 *
 * @param content - the result of {@link loadContent} for the root, without errors
 * @param target - the folder for the content folder and the stubs
 */
export function project(audience: Audience, content: Content, root: string, target: string): Projected {
  const projected = { folder: join(target, 'content'), stubs: join(target, 'stubs.json') };
  rmSync(target, { recursive: true, force: true });
  mkdirSync(projected.folder, { recursive: true });
  const projection = new Projection(audience, content, listFolder(root), projected.folder);
  for (const entry of content.entries) {
    if (projection.isOpen(entry)) projection.copy(entry);
    else if (entry.publicHtml !== undefined) projection.cut(entry);
    else if (audience === 'public' && isTeased(entry)) projection.tease(entry);
  }
  if (audience === 'public') projection.nameLists();
  else projection.writeLists();
  writeFileSync(projected.stubs, JSON.stringify(projection.stubs));
  return projected;
}

/** Returns what an entry with `teaser: true` shows on its door. */
export function teaserOf({ title, data }: Entry): { title: string; summary?: string } {
  const summary = 'summary' in data ? data.summary : undefined;
  return { title, ...(summary !== undefined && { summary }) };
}

/** Whether an entry shows its title, summary and cover on its door. */
export function isTeased(entry: Entry): boolean {
  const isClosed = entry.access !== 'public' && entry.publicHtml === undefined;
  return entry.form !== 'people' && entry.data.teaser && isClosed;
}

class Projection {
  readonly #circles: readonly Audience[];
  readonly #content: Content;
  readonly #folder: Folder;
  readonly #target: string;
  readonly #entries: Map<string, Entry>;
  readonly #byAddress: Map<string, Entry>;
  readonly #stubs: Stubs = { people: {}, topics: {}, series: {}, links: {}, teasers: {}, tiers: {} };
  readonly #topics = new Set<string>();
  readonly #series = new Set<string>();

  constructor(audience: Audience, content: Content, folder: Folder, target: string) {
    this.#circles = circlesOf(audience, tiersOf(content.tiers));
    this.#content = content;
    this.#folder = folder;
    this.#target = target;
    this.#entries = new Map(content.entries.map((entry) => [entry.id, entry]));
    this.#byAddress = new Map(
      content.entries.flatMap((entry) => [
        [entry.address, entry] as const,
        ...(entry.form === 'people' ? [] : entry.data.aliases).map(
          (alias) => [`/${entry.form}/${alias}/`, entry] as const,
        ),
      ]),
    );
  }

  isOpen(entry: Entry): boolean {
    return this.#circles.includes(entry.access);
  }

  /** Copies an entry unchanged, with its files. */
  copy(entry: Entry): void {
    const { path, source, compiled } = this.#read(entry);
    this.#write(path, source);
    const { audio, cover } = filesIn(entry.data);
    this.#take(entry, path, compiled.body!, [audio, cover]);
  }

  /** Writes the part of an entry above `<Members />`. */
  cut(entry: Entry): void {
    const { path, source, compiled } = this.#read(entry);
    const { body, end } = compiled.preview!;
    const [, front = '', rest = ''] =
      /^---[^\n]*\n(.*?\r?\n)---[ \t]*\r?\n(.*)$/s.exec(source.slice(0, end)) ?? [];
    const document = parseDocument(front);
    document.delete('tier');
    document.delete('audio');
    document.delete('chapters');
    this.#write(path, `---\n${document.toString()}---\n${rest}\n`);
    this.#take(entry, path, body, [filesIn(entry.data).cover]);
    // For the public, everything below the line simply belongs to members.
    const behind = this.#content.tiers.find(({ id }) => id === entry.access);
    if (behind && this.#circles.length > 1) this.#stubs.tiers[entry.id] = behind.name;
  }

  /** Adds what an entry shows on its door to the stubs. */
  tease(entry: Entry): void {
    const { cover } = filesIn(entry.data);
    this.#stubs.teasers[`${entry.form}/${entry.slug}`] = {
      ...teaserOf(entry),
      cover: cover === undefined ? undefined : this.#file(this.#pathOf(entry), cover),
    };
  }

  /** Adds the names of topics and series to the stubs of the public. */
  nameLists(): void {
    const { topics, series } = this.#content;
    for (const { id, name } of topics.values()) if (this.#topics.has(id)) this.#stubs.topics[id] = name;
    for (const { id, title } of series.values()) if (this.#series.has(id)) this.#stubs.series[id] = title;
  }

  /** Writes the lists, without anything that only higher tiers may read. */
  writeLists(): void {
    const { topics, series, start, suggestions, synonyms, tiers } = this.#content;
    const record = <T extends { id: string }>(items: Iterable<T>) =>
      Object.fromEntries(Array.from(items, ({ id, ...rest }) => [id, rest]));
    const isNone = (id: string | undefined) => id === undefined || !this.#entries.has(id);
    const isOpen = (id: string | undefined) => isNone(id) || this.isOpen(this.#entries.get(id!)!);
    const lists = {
      topics: record([...topics.values()].filter(({ id }) => this.#topics.has(id))),
      series: record([...series.values()].filter(({ id }) => this.#series.has(id))),
      start: { ...start, picks: start.picks.filter(({ entry }) => isOpen(entry)) },
      suggestions: suggestions.filter(({ entry }) => isOpen(entry)),
      synonyms,
      tiers: record(tiers.filter(({ id }) => this.#circles.includes(id))),
    };
    for (const { person } of lists.start.who) this.#person(person);
    for (const { by } of lists.suggestions) if (by !== undefined) this.#person(by);
    for (const [name, list] of Object.entries(lists))
      this.#write(`${name}.yaml`, stringify(list, withoutEmpty));
  }

  get stubs(): Stubs {
    const sorted = <T>(names: Record<string, T>) =>
      Object.fromEntries(Object.entries(names).sort(([a], [b]) => compare(a, b)));
    const { people, topics, series, links, teasers, tiers } = this.#stubs;
    return {
      people: sorted(people),
      topics: sorted(topics),
      series: sorted(series),
      links: sorted(links),
      teasers: sorted(teasers),
      tiers: sorted(tiers),
    };
  }

  #pathOf({ id }: Entry): string {
    return this.#folder.files.has(`${id}.mdx`) ? `${id}.mdx` : `${id}/index.mdx`;
  }

  #read(entry: Entry) {
    const path = this.#pathOf(entry);
    const source = new TextDecoder().decode(readLimited(this.#folder, path, LIMITS.entry));
    return { path, source, compiled: compile(source, entry.form) };
  }

  #write(path: string, text: string): void {
    const file = join(this.#target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Copies the files that a body uses, and adds stubs for whatever it refers to that its readers can't open. */
  #take(entry: Entry, path: string, body: Body, files: (string | undefined)[]): void {
    for (const file of files) if (file !== undefined) this.#file(path, file);
    for (const slot of body.slots) {
      if (slot.kind === 'person') this.#person(slot.id);
      else if (slot.kind === 'link') this.#link(slot.url, path, entry);
      else this.#file(path, slot.src);
    }
    if (entry.form === 'people') return;
    const { data } = entry;
    for (const ids of Object.values(data.people)) ids?.forEach((id) => this.#person(id));
    if ('speakers' in data) data.speakers.forEach((id) => this.#person(id));
    if ('asked_by' in data) this.#person(data.asked_by);
    for (const id of data.topics) this.#topics.add(id);
    if (data.series !== undefined) this.#series.add(data.series);
  }

  /** Copies a file that an entry uses; returns its path in the folder. */
  #file(from: string, src: string): string {
    const path = posix.join(posix.dirname(from), decodeURIComponent(src));
    const file = join(this.#target, path);
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(this.#folder.root, path), file);
    return path;
  }

  #link(url: string, path: string, from: Entry): void {
    const link = targetOf(url, { path, id: from.id });
    const { kind, key, anchor } = link;
    const [, list, name = ''] = /^\/(topics|series)\/([^/]+)\/$/.exec(key) ?? [];
    if (kind === 'address' && list === 'topics') this.#topics.add(name);
    else if (kind === 'address' && list === 'series') this.#series.add(name);
    const target = kind === 'address' ? this.#byAddress.get(key) : this.#entries.get(key);
    if (target && this.isOpen(target)) return;
    if (target?.publicHtml !== undefined && anchor === undefined) return;
    // Other targets are pages of the site; an entry that wasn't loaded isn't published.
    if (!target && !(kind === 'entry' || isEntryAddress(key))) return;
    const id = target && anchor !== undefined ? anchorId(anchor, target.form, target) : undefined;
    this.#stubs.links[stubKey(link)] = target ? `${target.address}${id === undefined ? '' : `#${id}`}` : '';
  }

  #person(id: string): void {
    const person = this.#content.people.get(id);
    const entry = this.#entries.get(`people/${id}`);
    if (person && !(entry && this.isOpen(entry))) this.#stubs.people[id] = person.name;
  }
}

/** Omits empty lists: an empty list means that the field wasn't written, and some fields must not be empty. */
function withoutEmpty(key: unknown, value: unknown): unknown {
  return key !== '' && Array.isArray(value) && value.length === 0 ? undefined : value;
}

function isEntryAddress(address: string): boolean {
  const [, form = ''] = /^\/([^/]+)\/[^/]+\/$/.exec(address) ?? [];
  return isForm(form);
}
