import { ZONES, type Catalog, type StoredText } from './record.ts';
import { phraseOf } from './token.ts';

/** An entry as lists of results need it, before its text is loaded. */
export interface Candidate {
  /** `talks/cold-start`. */
  entry: string;
  /** Address with the base. */
  address: string;
  title: string;
  /** YYYY-MM-DD or ''. */
  date: string;
  topics: string[];
  people: string[];
  level: string;
}

/** Where an entry holds a phrase. */
export interface Match {
  candidate: Candidate;
  /** Index of ZONES: the best part of the entry that holds it. */
  zone: number;
  load: () => Promise<StoredText>;
}

/** The part of pagefind.js that is used; Pagefind publishes no types for it. */
interface Pagefind {
  init(): Promise<void>;
  options(options: { noWorker?: boolean }): Promise<void>;
  mergeIndex(path: string): Promise<void>;
  destroy(): Promise<void>;
  search(query: string): Promise<{
    results: { id: string; words: number[]; data: () => Promise<{ meta: { text: StoredText } }> }[];
  }>;
}

interface Indexed {
  candidate: Candidate;
  ends: readonly number[];
}

/** All bundles that a reader may open, as one index. */
export class Engine {
  /** Every entry, newest first. */
  readonly candidates: Candidate[];
  readonly #pagefind: Pagefind;
  readonly #entries: Map<string, Indexed>;

  private constructor(pagefind: Pagefind, entries: Map<string, Indexed>) {
    this.#pagefind = pagefind;
    this.#entries = entries;
    this.candidates = [...entries.values()]
      .map(({ candidate }) => candidate)
      .sort((a, b) => b.date.localeCompare(a.date) || a.entry.localeCompare(b.entry));
  }

  /**
   * Loads the bundles at these paths (`/base/pagefind/members/`), the most complete first: an entry that two of them
   * hold is taken from the first.
   *
   * @throws Error when a bundle can't be had
   */
  static async open(bundles: string[]): Promise<Engine> {
    const catalogs = await Promise.all(bundles.map(loadCatalog));
    const filled = bundles.flatMap((bundle, at) =>
      catalogs[at]!.rows.length > 0 ? [{ bundle, catalog: catalogs[at]! }] : [],
    );
    const first = filled[0];
    if (!first) return new Engine(nothing, new Map());
    const pagefind = (await import(/* @vite-ignore */ `${first.bundle}pagefind.js`)) as Pagefind;
    try {
      await pagefind.init();
      for (const { bundle } of filled.slice(1)) await pagefind.mergeIndex(bundle);
    } catch (cause) {
      // Pagefind remembers that it failed until it is told to forget; the next attempt shall start anew.
      await pagefind.destroy();
      throw new Error('The search index could not be loaded.', { cause });
    }
    return new Engine(pagefind, indexEntries(filled));
  }

  /** Every entry that holds exactly this run of folded characters. */
  async find(characters: readonly string[]): Promise<Map<string, Match>> {
    const { results } = await this.#pagefind.search(phraseOf(characters));
    const matches = new Map<string, Match>();
    for (const { id, words, data } of results) {
      const indexed = this.#entries.get(id);
      if (!indexed) continue;
      const { candidate, ends } = indexed;
      const place = Math.min(...words);
      const zone = ends.findIndex((end) => place < end);
      matches.set(candidate.entry, {
        candidate,
        zone: zone < 0 ? ZONES.length - 1 : zone,
        load: async () => (await data()).meta.text,
      });
    }
    return matches;
  }
}

const nothing: Pagefind = {
  init: () => Promise.resolve(),
  options: () => Promise.resolve(),
  mergeIndex: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  search: () => Promise.resolve({ results: [] }),
};

async function loadCatalog(bundle: string): Promise<Catalog> {
  const response = await fetch(`${bundle}catalog.json`, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${response.status} fetching ${bundle}catalog.json`);
  return (await response.json()) as Catalog;
}

function indexEntries(bundles: { bundle: string; catalog: Catalog }[]): Map<string, Indexed> {
  const entries = new Map<string, Indexed>();
  const seen = new Set<string>();
  for (const { bundle, catalog } of bundles) {
    const base = bundle.replace(/pagefind\/[^/]*\/$/, '');
    const { names, rows } = catalog;
    for (const [id, entry, title, date, topics, people, level, ends] of rows) {
      if (seen.has(entry)) continue;
      seen.add(entry);
      const candidate = {
        entry,
        address: `${base}${entry}/`,
        title,
        date,
        topics: topics.map((name) => names[name]!),
        people: people.map((name) => names[name]!),
        level: names[level] ?? '',
      };
      entries.set(id, { candidate, ends });
    }
  }
  return entries;
}
