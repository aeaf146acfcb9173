import { foldText } from '../fold.ts';
import type { Dictionary, StoredText } from '../record.ts';

/** An entry as result lists need it, before its text is loaded. */
export interface Candidate {
  /** `talks/cold-start`. */
  entry: string;
  /** Address with the base. */
  address: string;
  title: string;
  /** YYYY-MM-DD, or '' without a date. */
  date: string;
  topics: string[];
  people: string[];
  levels: string[];
  /** Loads the entry's text by place; only for an entry that a search has found. */
  load: () => Promise<StoredText>;
}

/** A match of a phrase in an entry. */
export interface Match {
  candidate: Candidate;
  /** Index of ZONES: the best zone of the entry that contains the phrase. */
  zone: number;
  /** Which of several readings of the term matched, the likeliest being 0, and its number of characters. */
  choice?: number;
  length?: number;
  /** About how often it occurs; 1 when too many entries match for counting. */
  count: number;
}

/** What answers queries: the bundles that the reader may open, or texts that are on this device. */
export interface SearchIndex {
  /** Every entry, newest first. */
  readonly candidates: readonly Candidate[];
  /** Groups of synonyms, folded. */
  readonly synonyms: readonly (readonly string[])[];
  /** How the operators write a folded synonym: `b端` ⇒ `B 端`. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Finds every entry that contains exactly this run of folded characters, by entry id. */
  find(characters: readonly string[]): Promise<Map<string, Match>>;
  dictionary(): Promise<Dictionary>;
}

/** An entry's folded text, one line per block. */
export async function foldedText({ load }: Candidate): Promise<string> {
  return (await load()).blocks.map(([, , text]) => foldText(text)).join('\n');
}
