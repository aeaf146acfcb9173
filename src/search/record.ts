// Imported by the build (Node) and by pages: the content of a search bundle besides Pagefind's own files.

/**
 * The kinds of text in an entry, most important first, which is also their order in the index. `alias` is for other
 * names of the entry's topics: they are not on the page, so they count least.
 */
export const ZONES = ['title', 'quote', 'heading', 'topic', 'body', 'alias'] as const;
export type Zone = (typeof ZONES)[number];

/** A spot in an entry that a result can link to. */
export interface Place {
  kind: 'top' | 'section' | 'viewpoint' | 'quote' | 'line' | 'topic';
  /** Id of its element; '' for the top of the page. */
  id: string;
  /** The heading or the speaker. */
  label: string;
  /** Seconds from the start of the recording, for a line or a quote of one. */
  start?: number;
}

/** A block of text on the page; no phrase matches across blocks. */
export interface TextBlock {
  zone: Zone;
  /** As written. */
  text: string;
  /** Index into the places of the entry. */
  place: number;
}

/** An entry as the index sees it. */
export interface EntryText {
  /** `talks/cold-start`, the `data-entry` of its page. */
  entry: string;
  title: string;
  /** YYYY-MM-DD, or '' when the page has no date. */
  date: string;
  /** Names as shown. */
  topics: string[];
  people: string[];
  levels: string[];
  places: Place[];
  blocks: TextBlock[];
}

/** `catalog.json`, the file of a bundle that lists its entries. */
export interface Catalog {
  /** Names that rows point to. */
  names: string[];
  rows: CatalogRow[];
  /** Groups of synonyms, as the operators write them. */
  synonyms: string[][];
  /** All folded characters of the entries, sorted. */
  alphabet: string;
}

/**
 * Pagefind's id of the record, entry, title, date, topics, people and levels (as indexes of names), and the word
 * positions at which each zone but the last ends.
 */
export type CatalogRow = [
  id: string,
  entry: string,
  title: string,
  date: string,
  topics: number[],
  people: number[],
  levels: number[],
  ends: number[],
];

/** The entry's text by place, which `result.data()` returns in `meta.text`. */
export interface StoredText {
  places: Place[];
  /** Zone as an index of ZONES, place, text. */
  blocks: [zone: number, place: number, text: string][];
}

/** Converts an entry's text to the form stored in bundles. */
export function storedTextOf({ places, blocks }: Pick<EntryText, 'places' | 'blocks'>): StoredText {
  return { places, blocks: blocks.map(({ zone, place, text }) => [ZONES.indexOf(zone), place, text]) };
}

/** `dictionary.json`, the file of a bundle that is fetched when nothing is found as typed. All texts are folded. */
export interface Dictionary {
  /** Maps a syllable to the characters with this reading. */
  readings: Record<string, string>;
  /** Traditional characters, each followed by its simplified form. */
  variants: string;
  /** Words that a query in pinyin may mean, likeliest first. */
  words: string[];
}
