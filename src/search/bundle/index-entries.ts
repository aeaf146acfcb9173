import { isDeepStrictEqual } from 'node:util';
import { digestOf } from '../../markdown/cache.ts';
import { inBatches } from '../../vault/batches.ts';
import { ENTRY_FILE, readBrowserHalf } from './browser-half.ts';
import { cut } from './cut.ts';
import { alphabetOf, makeDictionary, type Store } from './dictionary.ts';
import { foldText } from '../fold.ts';
import { pack } from './pagefind-file.ts';
import { LANGUAGE, nameOf, writeIndex, type IndexedPage } from './posting-lists.ts';
import type { ReadEntry } from './read-entry.ts';
import { storedTextOf, ZONES, type Catalog, type CatalogRow, type TextBlock } from '../record.ts';
import { BLOCK_END, wordsOf } from '../token.ts';

/** Further inputs of a bundle besides its entries. */
export interface BundleOptions {
  /** The entries of a bundle that the same readers also load: an entry with the same text there is left out here. */
  covered?: Iterable<readonly [string, ReadEntry]>;
  /** Groups of synonyms. */
  synonyms?: readonly (readonly string[])[];
  /** Other names, by the address of their entry. */
  aliases?: ReadonlyMap<string, Aliases>;
  /** Cache of packed files by the digest of their content: most of a bundle doesn't change from week to week. */
  packed?: Store<Uint8Array>;
  /** Cache of {@link makeDictionary} for characters. */
  characters?: Store<string>;
}

/** Other names of an entry, which its page need not contain. */
export interface Aliases {
  /** Names of the entry itself: they count like its title. */
  own?: readonly string[];
  /** Names of its topics. */
  topics?: readonly string[];
}

/** Reads the entries of rendered pages, by address. Pages without an entry are skipped. */
export function readEntries<Page extends { address: string }>(
  pages: Iterable<Page>,
  read: (page: Page) => ReadEntry | undefined,
): Map<string, ReadEntry> {
  const entries = new Map<string, ReadEntry>();
  for (const page of pages) {
    const entry = read(page);
    if (entry) entries.set(page.address, entry);
  }
  return entries;
}

/** Number of concurrent zlib jobs: enough for all cores, and each uses a quarter of a megabyte. */
const PACKED_AT_ONCE = 32;

/** An entry as the index has it. */
interface IndexedEntry extends ReadEntry, IndexedPage {
  /** The word position at which each zone but the last ends. */
  ends: number[];
  fragment: Uint8Array;
}

/**
 * Makes a search bundle: an index in Pagefind's format, Pagefind's browser code, each entry's text, `catalog.json` and
 * `dictionary.json`.
 *
 * @param read - the entries by address, as {@link readEntries} returns them
 * @returns the files by name within the bundle's folder; the same input gives the same bytes
 * @throws Error when Pagefind does not output its browser code
 */
export async function indexEntries(
  read: ReadonlyMap<string, ReadEntry>,
  {
    covered = [],
    synonyms = [],
    aliases = new Map(),
    packed = new Map<string, Uint8Array>(),
    characters,
  }: BundleOptions = {},
): Promise<Map<string, Uint8Array>> {
  const texts = withAliases(read, aliases);
  for (const [address, entry] of covered) {
    if (isDeepStrictEqual(entry, texts.get(address))) texts.delete(address);
  }
  const packOnce = async (content: Uint8Array) => {
    const digest = digestOf(content);
    const bytes = packed.get(digest) ?? (await pack(content));
    packed.set(digest, bytes);
    return bytes;
  };
  const names = new Set<string>();
  const indexed = await inBatches([...texts], PACKED_AT_ONCE, async ([address, entry]) => ({
    ...withZones(entry),
    fragment: await packOnce(json(fragmentOf(address, entry))),
  }));
  const entries = indexed.map((entry): IndexedEntry => ({ ...entry, id: nameOf(entry.fragment, names) }));
  const { version, files, entryFile } = await readBrowserHalf();
  // Pagefind's browser code refuses an index without pages.
  const pages = entries.length > 0 ? entries : [{ id: '', words: BLOCK_END }];
  const { lists, meta, name } = writeIndex(pages, version);
  const alphabet = alphabetOf(entries);
  const languages = { [LANGUAGE]: { hash: name, wasm: null, page_count: pages.length } };
  const bundle = new Map<string, Uint8Array>([
    ...files,
    [ENTRY_FILE, json({ ...entryFile, languages })],
    [`pagefind.${name}.pf_meta`, await packOnce(meta)],
    ...(await inBatches(
      [...lists],
      PACKED_AT_ONCE,
      async ([path, bytes]) => [path, await packOnce(bytes)] as const,
    )),
    ...entries.map(({ id, fragment }) => [`fragment/${id}.pf_fragment`, fragment] as const),
    ['catalog.json', json(catalogOf(entries, alphabet, synonyms))],
    ['dictionary.json', json(makeDictionary(entries, alphabet, synonyms, characters))],
  ]);
  return new Map([...bundle].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withZones(entry: ReadEntry): Omit<IndexedEntry, 'id' | 'fragment'> {
  const zones = zonesOf(entry);
  let end = 0;
  const ends = zones.map((words) => (end += words.length)).slice(0, -1);
  return { ...entry, words: zones.join(''), ends };
}

function withAliases(
  entries: ReadonlyMap<string, ReadEntry>,
  aliases: NonNullable<BundleOptions['aliases']>,
): Map<string, ReadEntry> {
  // A topic has the same names in all its entries, so fold each name once.
  const known = new Map<string, { folded: string; words: string[] }>();
  const foldOnce = (text: string) => {
    const before = known.get(text);
    if (before) return before;
    const folded = foldText(text);
    const name = { folded, words: cut(folded) };
    known.set(text, name);
    return name;
  };
  return new Map(
    [...entries].map(([address, entry]) => {
      const { own = [], topics = [] } = aliases.get(address) ?? {};
      const topicPlace = entry.places.findIndex(({ kind }) => kind === 'topic');
      const names: TextBlock[] = [
        ...own.map((text) => ({ zone: 'title' as const, text, place: 0 })),
        ...topics.map((text) => ({ zone: 'alias' as const, text, place: Math.max(0, topicPlace) })),
      ];
      if (names.length === 0) return [address, entry];
      const folded = names.map(({ text }) => foldOnce(text));
      return [
        address,
        {
          ...entry,
          blocks: [...entry.blocks, ...names],
          folded: [...entry.folded, ...folded.map((name) => name.folded)],
          vocabulary: [...new Set([...entry.vocabulary, ...folded.flatMap(({ words }) => words)])],
        },
      ];
    }),
  );
}

/** The words of an entry by zone, best zone first, so that the first match of a phrase is the one that counts most. */
function zonesOf({ blocks, folded }: ReadEntry): string[] {
  return ZONES.map((zone) =>
    folded
      .filter((_, at) => blocks[at]!.zone === zone)
      .map((text) => [...wordsOf(Array.from(text)), BLOCK_END].join(''))
      .join(''),
  );
}

/** Pagefind's fragment file of an entry, with its text as readers see it. */
function fragmentOf(url: string, entry: ReadEntry) {
  const meta = { title: entry.title, text: storedTextOf(entry) };
  return { url, content: '', word_count: 0, filters: {}, meta, anchors: [] };
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function catalogOf(
  entries: readonly IndexedEntry[],
  alphabet: readonly string[],
  synonyms: readonly (readonly string[])[],
): Catalog {
  const names: string[] = [];
  const known = new Map<string, number>();
  const numberOf = (name: string) => {
    const number = known.get(name) ?? names.push(name) - 1;
    known.set(name, number);
    return number;
  };
  const rows = entries.map(({ id, entry, title, date, topics, people, levels, ends }): CatalogRow => {
    return [id, entry, title, date, topics.map(numberOf), people.map(numberOf), levels.map(numberOf), ends];
  });
  return {
    names,
    rows,
    synonyms: synonyms.map((group) => [...group]),
    alphabet: alphabet.join(''),
  };
}
