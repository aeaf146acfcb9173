import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind';
import { alphabetOf, makeDictionary } from './dictionary.ts';
import { extractEntry } from './extract.ts';
import { foldText } from './fold.ts';
import { foldBlock } from './folded-block.ts';
import {
  ZONES,
  type Catalog,
  type CatalogRow,
  type EntryText,
  type StoredText,
  type TextBlock,
} from './record.ts';
import { BLOCK_END, wordsOf } from './token.ts';

/**
 * Posting lists of about this many positions make one file. Pagefind's own 20,000 would bring along with a character
 * those of many others; see docs/search.md for the bytes measured. The variable is the only way to say so in 1.6.
 */
const POSITIONS_PER_FILE = '2000';

/**
 * Pagefind counts in steps of 1/24 and writes a weight down unless it is 25 of them, which it never gives by itself.
 * With this weight the marker is left out and the index is 5 % smaller.
 */
const UNWRITTEN_WEIGHT = '1.0417';

/** What Pagefind puts before each file's content. */
const SIGNATURE = 'pagefind_dcd';

/** What a bundle takes in beside its entries, and what it leaves out. */
export interface BundleOptions {
  /** What a bundle has that the same readers join: an entry that reads the same there is left to that one. */
  covered?: Iterable<readonly [string, EntryText]>;
  /** Groups of words that mean the same. */
  synonyms?: readonly (readonly string[])[];
  /** Other names by the address of their entry. */
  aliases?: ReadonlyMap<string, Aliases>;
}

/** Names that an entry goes by and that its page need not say. */
export interface Aliases {
  /** Its own: a search for one finds the entry as its title does. */
  own?: readonly string[];
  /** Those of its topics. */
  topics?: readonly string[];
}

/** A rendered page; its address (`/talks/x/`) without the base. */
export interface Page {
  address: string;
  html: string;
}

/** What a search can find of rendered pages, by address. Those without an entry are passed over. */
export function readEntries(pages: Iterable<Page>, extract = extractEntry): Map<string, EntryText> {
  const entries = new Map<string, EntryText>();
  for (const page of pages) {
    const entry = extract(page);
    if (entry) entries.set(page.address, entry);
  }
  return entries;
}

/**
 * Makes a search bundle: Pagefind's files, with each entry's text as readers see it in place of the spaced-out text that
 * was indexed, `catalog.json` and `dictionary.json`.
 *
 * @param read - by address, as {@link readEntries} gives them
 * @param bundlePath - where the bundle will be served, named in errors
 * @returns file names below the bundle path, and their bytes; the same input gives the same bytes
 * @throws Error when Pagefind fails
 */
export async function indexEntries(
  read: ReadonlyMap<string, EntryText>,
  bundlePath: string,
  { covered = [], synonyms = [], aliases = new Map() }: BundleOptions = {},
): Promise<Map<string, Uint8Array>> {
  const entries = withAliases(read, aliases);
  for (const [address, entry] of covered) {
    if (isDeepStrictEqual(entry, entries.get(address))) entries.delete(address);
  }
  process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE = POSITIONS_PER_FILE;
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'unknown' });
    if (!index) throw new Error(errors.join('; '));
    const ends = new Map<string, number[]>();
    for (const [address, entry] of entries) {
      const zones = zonesOf(entry);
      let end = 0;
      ends.set(address, zones.map((words) => (end += words.length)).slice(0, -1));
      await addWords(index, address, zones.flat());
    }
    // Without any page Pagefind writes an index that its browser half refuses.
    if (entries.size === 0) await addWords(index, '/', [BLOCK_END]);
    const written = await index.getFiles();
    if (written.errors.length > 0) throw new Error(written.errors.join('; '));
    return bundle(written.files, entries, ends, synonyms);
  } catch (cause) {
    throw new Error(`Failed to index the pages of ${bundlePath}.`, { cause });
  } finally {
    await close();
    delete process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE;
  }
}

function withAliases(
  entries: ReadonlyMap<string, EntryText>,
  aliases: NonNullable<BundleOptions['aliases']>,
): Map<string, EntryText> {
  return new Map(
    [...entries].map(([address, entry]) => {
      const { own = [], topics = [] } = aliases.get(address) ?? {};
      const topicPlace = entry.places.findIndex(({ kind }) => kind === 'topic');
      const names: TextBlock[] = [
        ...own.map((text) => ({ zone: 'title' as const, text, place: 0 })),
        ...topics.map((text) => ({ zone: 'alias' as const, text, place: Math.max(0, topicPlace) })),
      ];
      return [address, names.length === 0 ? entry : { ...entry, blocks: [...entry.blocks, ...names] }];
    }),
  );
}

async function addWords(index: PagefindIndex, address: string, words: string[]): Promise<void> {
  const content = `<html><body data-pagefind-weight="${UNWRITTEN_WEIGHT}">${words.join(' ')}</body></html>`;
  const { errors } = await index.addHTMLFile({ url: address, content });
  if (errors.length > 0) throw new Error(`${address}: ${errors.join('; ')}`);
}

/** The words of an entry by zone, best zone first: so the first match of a phrase is the one that counts most. */
function zonesOf({ blocks }: EntryText): string[][] {
  return ZONES.map((zone) =>
    blocks
      .filter((block) => block.zone === zone)

      .flatMap((block) => [...wordsOf(Array.from(foldBlock(block))), BLOCK_END]),
  );
}

/** Keeps what the browser needs of Pagefind's files and adds our own. */
function bundle(
  files: IndexFile[],
  entries: Map<string, EntryText>,
  ends: ReadonlyMap<string, number[]>,
  synonyms: readonly (readonly string[])[],
): Map<string, Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  const ids = new Map<string, string>();
  for (const { path, content } of files) {
    const id = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (id) {
      const { url } = JSON.parse(unpack(content)) as { url: string };
      const entry = entries.get(url);
      if (!entry) continue;
      ids.set(url, id);
      kept.set(path, pack(fragmentOf(url, entry)));
    } else if (!isInterface(path)) {
      kept.set(path, content);
    }
  }
  kept.set('catalog.json', json(catalogOf(entries, ids, ends, synonyms)));
  kept.set('dictionary.json', json(makeDictionary([...entries.values()], synonyms)));
  return new Map([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pagefind's own user interfaces, which we don't use. */
function isInterface(path: string): boolean {
  return /ui\.(js|css)$|^pagefind-highlight\.js$/.test(path);
}

function unpack(content: Uint8Array): string {
  return gunzipSync(content).toString('utf8').slice(SIGNATURE.length);
}

function pack(fragment: object): Uint8Array {
  return new Uint8Array(gzipSync(SIGNATURE + JSON.stringify(fragment), { level: 9 }));
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function fragmentOf(url: string, { title, places, blocks }: EntryText) {
  const text: StoredText = {
    places,
    blocks: blocks.map((block) => [ZONES.indexOf(block.zone), block.place, block.text]),
  };
  return { url, content: '', word_count: 0, filters: {}, meta: { title, text }, anchors: [] };
}

function catalogOf(
  entries: Map<string, EntryText>,
  ids: ReadonlyMap<string, string>,
  ends: ReadonlyMap<string, number[]>,
  synonyms: readonly (readonly string[])[],
): Catalog {
  const names: string[] = [];
  const known = new Map<string, number>();
  const numberOf = (name: string) => {
    const number = known.get(name) ?? names.push(name) - 1;
    known.set(name, number);
    return number;
  };
  const rows = [...entries].map(([address, entry]): CatalogRow => {
    return [
      ids.get(address)!,
      entry.entry,
      entry.title,
      entry.date,
      entry.topics.map(numberOf),
      entry.people.map(numberOf),
      entry.levels.map(numberOf),
      ends.get(address)!,
    ];
  });
  return {
    names,
    rows,
    synonyms: synonyms.map((group) => group.map(foldText)),
    alphabet: alphabetOf([...entries.values()]).join(''),
  };
}
