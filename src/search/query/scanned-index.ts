import type { Candidate, Match, SearchIndex } from './search-index.ts';
import { foldText } from '../fold.ts';
import { newerFirst } from './rank.ts';
import type { Dictionary, StoredText } from '../record.ts';

/** An entry as result lists need it, with its text. */
export interface ScannedEntry extends Omit<Candidate, 'load'> {
  text: StoredText;
}

/** An index over a few texts that scans all of them, in place of Pagefind. */
export class ScannedIndex implements SearchIndex {
  readonly candidates: readonly Candidate[];
  readonly synonyms: readonly (readonly string[])[] = [];
  readonly spellings: ReadonlyMap<string, string> = new Map<string, string>();
  /** The folded blocks by entry. */
  readonly #blocks: ReadonlyMap<string, readonly { zone: number; folded: string }[]>;

  constructor(entries: readonly ScannedEntry[]) {
    this.candidates = entries
      .map(({ text, ...shown }) => ({ ...shown, load: () => Promise.resolve(text) }))
      .sort(newerFirst);
    this.#blocks = new Map(
      entries.map(({ entry, text }) => [
        entry,
        text.blocks.map(([zone, , block]) => ({ zone, folded: foldText(block) })),
      ]),
    );
  }

  find(characters: readonly string[]): Promise<Map<string, Match>> {
    const run = characters.join('');
    const found = this.candidates.flatMap((candidate): [string, Match][] => {
      const holding = this.#blocks.get(candidate.entry)!.filter(({ folded }) => folded.includes(run));
      if (holding.length === 0) return [];
      const count = holding.reduce((sum, { folded }) => sum + folded.split(run).length - 1, 0);
      return [[candidate.entry, { candidate, zone: Math.min(...holding.map(({ zone }) => zone)), count }]];
    });
    return Promise.resolve(new Map(found));
  }

  /** Returns an empty dictionary: this index knows no other spellings. */
  dictionary(): Promise<Dictionary> {
    return Promise.resolve({ readings: {}, variants: '', words: [] });
  }
}
