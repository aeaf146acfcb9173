import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileHistory } from '../../src/history.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { listFolder } from '../../src/markdown/folder.ts';
import { isTeased } from '../../src/markdown/projection.ts';
import type { Audience } from '../../src/model/audience.ts';
import type { Proven } from './proven.ts';
import { isCode, isOfCode, NameSearch, Said, type Name } from './names.ts';
import type { OwnTexts } from './own-texts.ts';
import { PlaintextSearch } from './plaintext.ts';
import {
  allText,
  closedNames,
  knownNames,
  listTexts,
  reachOf,
  textAboveTheLine,
  textsOfSource,
  withheldTitles,
} from './reach.ts';
import type { Kind } from './readings.ts';

/** A file as one of its readers gets it. */
export interface ReadFile {
  file: string;
  bytes: Uint8Array;
  kind: Kind;
  /** The other paths at which the same bytes are published. */
  twins?: readonly string[];
}

/** What may have leaked, and what excuses a passage or a name that stands in a file. */
export interface Grounds {
  /** All published content. */
  whole: Content;
  /** Sources that are not published yet. */
  withheld: readonly Withheld[];
  own: OwnTexts;
  /** The authors of each entry by git. */
  writers: ReadonlyMap<string, FileHistory>;
  proven: Proven;
}

/**
 * Finds passages and names in `files` that the audiences in `circles` may not read. What they may read is derived from
 * the content itself, not from the run that rendered it: otherwise a wrong choice of its sources would excuse itself.
 */
export async function findLeaks(
  files: () => Iterable<ReadFile>,
  circles: readonly Audience[],
  { whole, withheld, own, writers, proven }: Grounds,
): Promise<string[]> {
  const { entries } = whole;
  const isOpen = (entry: Entry) => circles.includes(entry.access);
  const reach = reachOf(whole, circles, writers);
  const lists = listTexts(whole, circles, reach);
  const isPublic = circles.length === 1;
  const closed = [
    ...entries
      .filter((entry) => !isOpen(entry))
      .map((entry) => ({ file: entry.file, texts: allText(entry) })),
    ...lists.filter((list) => !list.isOpen),
    ...[...withheld, ...(isPublic ? own.ofMembers : [])].map(({ file, source }) => ({
      file,
      texts: textsOfSource(source),
    })),
  ];
  const net = new PlaintextSearch(
    closed.flatMap(({ texts }) => texts),
    (text) => proven.hashesOf(text),
  );
  for (const { file, bytes, kind } of files()) {
    if (isNamed(file)) net.addFile(file, Buffer.from(file), 'text');
    const isSilent = !net.addFile(file, bytes, kind);
    if (isSilent && kind === 'ciphertext') proven.addSilent(digestOf(bytes));
  }
  // A page may join the items of a list in one line, such as the authors of a book.
  const allow = (texts: string[]) => net.allow(texts.join('\n'));
  allow(lists.filter((list) => list.isOpen).flatMap(({ texts }) => texts));
  // A page prints its title before its text.
  for (const entry of entries) {
    const texts = isOpen(entry) ? allText(entry) : textAboveTheLine(entry);
    allow(texts.length > 0 ? [entry.title, ...texts] : []);
    // The search for names finds an address where it must not be.
    if (reach.linked.has(entry.address) || isTeased(entry)) net.allow(entry.address);
  }
  // A piece may quote the site's own texts, such as the description that its door shows.
  net.allow(own.public);
  if (!isPublic) own.ofMembers.forEach(({ source }) => net.allow(source));
  // A name of 24 letters is as long as a passage.
  [...knownNames(whole, reach), ...reach.wrote].forEach((name) => net.allow(name));
  const passages = closed.flatMap(({ file: of, texts }) =>
    texts
      .flatMap((text) => net.find(text))
      .map(({ file, text }) => `${file}: contains readable text of ${of}: “${text}”`),
  );
  const said = isPublic ? own.saidToStrangers : own.said;
  const names = [...closedNames(whole, circles, reach, said), ...withheldTitles(withheld, whole, said)];
  return [...passages, ...(await findNames(files, names, own, doorsOf(entries)))];
}

/** Returns what the door of each piece with a teaser tells, by its file. No other page may tell it. */
function doorsOf(entries: readonly Entry[]): Map<string, Said> {
  return new Map(
    entries
      .filter(isTeased)
      .map((entry) => [
        `${entry.address.slice(1)}index.html`,
        new Said([entry.address, ...textAboveTheLine(entry)]),
      ]),
  );
}

/** Finds titles in `files` that nobody may read yet: of drafts and future entries. */
export function findWithheld(
  files: () => Iterable<ReadFile>,
  { whole, withheld, own }: Pick<Grounds, 'whole' | 'withheld' | 'own'>,
): Promise<string[]> {
  return findNames(files, withheldTitles(withheld, whole, own.said), own);
}

async function findNames(
  files: () => Iterable<ReadFile>,
  names: readonly Name[],
  own: OwnTexts,
  doors: ReadonlyMap<string, Said> = new Map(),
): Promise<string[]> {
  const search = new NameSearch(names);
  const findings: string[] = [];
  for (const { file, bytes, kind, twins = [] } of files()) {
    // Sealed files have been opened and compared already.
    if (kind === 'ciphertext') continue;
    const found = new Set(search.find(file, bytes, kind));
    if (isNamed(file)) for (const name of search.find(file, Buffer.from(file), 'text')) found.add(name);
    for (const { text, of } of found) {
      // Titles such as “Spring” or “Gallery” are words in the code of packages as well.
      if (isCode(file) && isOfCode(text, await own.packages(), bytes)) continue;
      const at = [file, ...twins].find((path) => doors.get(path)?.says(text) !== true);
      if (at !== undefined) findings.push(`${at}: mentions ${of}: “${text}”`);
    }
  }
  return findings;
}

/** Whether the writer or operator has named a file: a page has its address, and the other names are made by the build. */
const isNamed = (file: string) => !/^(?:\/|(?:a|media|o|pagefind)\/)|\.html$/.test(file);

/** The source of an entry that is not published yet: a draft, or one with a later date. */
export interface Withheld {
  file: string;
  source: string;
}

/** Reads the sources in a content folder that are not published yet. */
export function readWithheld({ entries }: Content, folder: string): Withheld[] {
  const out = new Set(entries.map(({ id }) => id as string));
  return [...listFolder(folder).files]
    .filter((file) => file.endsWith('.mdx') && !out.has(file.replace(/(?:\/index)?\.mdx$/, '')))
    .map((file) => ({ file, source: readFileSync(join(folder, file), 'utf8') }));
}
