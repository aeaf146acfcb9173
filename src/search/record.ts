// Imported by the build (Node) and by pages: what a search bundle holds beside Pagefind's own files.

/**
 * Where a block of text counts, best first; the order in which the zones stand in the index. `alias` is what its topics
 * are called besides: nobody reads it on the page, so it counts least.
 */
export const ZONES = ['title', 'quote', 'heading', 'topic', 'body', 'alias'] as const;
export type Zone = (typeof ZONES)[number];

/** A spot in an entry that a result can lead to. */
export interface Place {
  kind: 'top' | 'section' | 'viewpoint' | 'quote' | 'line' | 'topic';
  /** Id of its element; '' for the top of the page. */
  id: string;
  /** Its heading or its speaker. */
  label: string;
  /** Seconds, of what a recording says. */
  start?: number;
}

/** A run of text that stands together on the page: no phrase reaches from one block to the next. */
export interface TextBlock {
  zone: Zone;
  /** As written. */
  text: string;
  /** Index into the places of the entry. */
  place: number;
}

/** One entry as the index sees it. */
export interface EntryText {
  /** `talks/cold-start`, the mark of its page. */
  entry: string;
  title: string;
  /** YYYY-MM-DD, or '' where the page names no date. */
  date: string;
  /** Names as shown. */
  topics: string[];
  people: string[];
  levels: string[];
  places: Place[];
  blocks: TextBlock[];
}

/** The file of a bundle that names its entries: `catalog.json`. */
export interface Catalog {
  /** Names that rows point to. */
  names: string[];
  rows: CatalogRow[];
  /** Groups of words that mean the same, folded. */
  synonyms: string[][];
  /** Every folded character that stands in the entries, sorted. */
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

/** What `result.data()` gives in `meta.text`: the entry's text by place. */
export interface StoredText {
  places: Place[];
  /** Zone as an index of ZONES, place, text. */
  blocks: [zone: number, place: number, text: string][];
}

/** An entry's text as bundles hold it. */
export function storedTextOf({ places, blocks }: Pick<EntryText, 'places' | 'blocks'>): StoredText {
  return { places, blocks: blocks.map(({ zone, place, text }) => [ZONES.indexOf(zone), place, text]) };
}

/** The file of a bundle that is fetched when nothing is found as typed: `dictionary.json`. All of it is folded. */
export interface Dictionary {
  /** Syllable → the characters that are read so. */
  readings: Record<string, string>;
  /** Traditional characters, each followed by its simplified form. */
  variants: string;
  /** Words that a query in pinyin may mean, likeliest first. */
  words: string[];
}
