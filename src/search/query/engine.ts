import { currentWorker } from '../../gate/bridge.ts';
import { within } from '../../gate/within.ts';
import { whenStaying } from '../../gate/staying.ts';
import { foldText } from '../fold.ts';
import { newerFirst } from './rank.ts';
import type { Candidate, Match, SearchIndex } from './search-index.ts';
import { ZONES, type Catalog, type Dictionary, type StoredText } from '../record.ts';
import { phraseOf, wordsOf } from '../token.ts';

/** The part of pagefind.js that we use; Pagefind publishes no types for it. */
interface Pagefind {
  options(options: { basePath: string; noWorker: boolean }): Promise<void>;
  init(): Promise<void>;
  mergeIndex(path: string): Promise<void>;
  destroy(): Promise<void>;
  search(query: string): Promise<{ results: PagefindResult[] }>;
}

interface PagefindResult {
  id: string;
  /** Positions of words: of the first match of a phrase, or of all matches of single words. */
  words: number[];
  data: () => Promise<{ meta: { text: StoredText } }>;
}

interface Bundle {
  path: string;
  /** All characters of its entries. */
  alphabet: ReadonlySet<string>;
  /** Pagefind's ids of its entries, including those that another bundle has in a fuller version. */
  ids: ReadonlySet<string>;
  /** Characters whose part of the index is known to be loaded. */
  loaded: Set<string>;
}

interface Indexed {
  candidate: Candidate;
  ends: readonly number[];
  /**
   * Pagefind's result, which loads the entry's text; set once a search has found the entry. The whole object is kept,
   * because Pagefind's worker drops the text of a result that nothing references.
   */
  result?: PagefindResult;
}

/** Maximum number of entries to count matches in, because counting needs every position of every character. */
const MOST_COUNTED = 150;

/**
 * Time limit (milliseconds) for a part of the index. Without one, Pagefind hangs when its first file fails while
 * another index is being merged, and everything hangs when the host stops responding.
 */
const PATIENCE = 20_000;
/** Time limit (milliseconds) for Pagefind to end a search that was given up. */
const FAREWELL = 1_000;

/** All bundles that the reader may open, joined as one index. */
export class Engine implements SearchIndex {
  readonly candidates: readonly Candidate[];
  readonly synonyms: readonly (readonly string[])[];
  readonly spellings: ReadonlyMap<string, string>;
  readonly #pagefind: Pagefind;
  readonly #bundles: readonly Bundle[];
  readonly #entries: ReadonlyMap<string, Indexed>;
  #dictionary: Promise<Dictionary> | undefined;

  private constructor(pagefind: Pagefind, bundles: readonly string[], catalogs: readonly Catalog[]) {
    this.#pagefind = pagefind;
    this.#bundles = bundles.map((path, at) => {
      const { alphabet, rows } = catalogs[at]!;
      return { path, alphabet: new Set(alphabet), ids: new Set(rows.map(([id]) => id)), loaded: new Set() };
    });
    const entries = new Map<string, Indexed>();
    const seen = new Set<string>();
    bundles.forEach((path, at) => addRows(entries, seen, path, catalogs[at]!));
    this.#entries = entries;
    const synonyms = catalogs.flatMap((catalog) => catalog.synonyms);
    this.synonyms = synonyms.map((group) => group.map(foldText));
    this.spellings = new Map(synonyms.flat().map((word) => [foldText(word), word]));
    this.candidates = [...entries.values()].map(({ candidate }) => candidate).sort(newerFirst);
  }

  /**
   * Loads the bundles at these paths (`/base/pagefind/members/`), the most complete first: an entry that is in several
   * is taken from the first. Pagefind's code is loaded from the last one, which is public, because a page opened in
   * place can't load code from sealed files.
   *
   * @throws Error when a bundle can't be loaded
   */
  static async open(bundles: readonly string[]): Promise<Engine> {
    const catalogs = await Promise.all(bundles.map((bundle) => fetchJson<Catalog>(`${bundle}catalog.json`)));
    const pagefind = await loadPagefind(bundles.at(-1)!);
    try {
      await within(PATIENCE, begin(pagefind, bundles));
    } catch (cause) {
      // Pagefind remembers a failure until it is destroyed, and the next attempt must start afresh. The call may time
      // out, as a worker of Pagefind that waits for the host doesn't answer it.
      await within(FAREWELL, pagefind.destroy()).catch(() => undefined);
      throw new Error('The search index could not be loaded.', { cause });
    }
    return new Engine(pagefind, bundles, catalogs);
  }

  /** @throws Error when a part of the index can't be loaded */
  find(characters: readonly string[]): Promise<Map<string, Match>> {
    return within(PATIENCE, this.#find(characters));
  }

  async #find(characters: readonly string[]): Promise<Map<string, Match>> {
    const { results } = await this.#search(phraseOf(characters));
    const found = results.flatMap((result) => {
      const indexed = this.#entries.get(result.id);
      return indexed ? [{ indexed, result }] : [];
    });
    await this.#assertLoaded(characters, results);
    const counts =
      found.length <= MOST_COUNTED && found.length > 1
        ? await this.#count(characters)
        : new Map<string, number>();
    return new Map(
      found.map(({ indexed, result }) => {
        const { candidate, ends } = indexed;
        indexed.result = result;
        const first = Math.min(...result.words);
        const zone = ends.findIndex((end) => first < end);
        const count = counts.get(result.id) ?? 1;
        return [candidate.entry, { candidate, zone: zone < 0 ? ZONES.length - 1 : zone, count }];
      }),
    );
  }

  dictionary(): Promise<Dictionary> {
    this.#dictionary ??= Promise.all(
      this.#bundles.map(({ path }) => fetchJson<Dictionary>(`${path}dictionary.json`)),
    ).then(joinDictionaries);
    this.#dictionary.catch(() => (this.#dictionary = undefined));
    return this.#dictionary;
  }

  /**
   * Asks Pagefind, and once more if it fails: while WebKit 2.50 optimises Pagefind's WebAssembly, an answer may have a
   * number like `555.`, which can't be parsed. The second answer is right.
   */
  #search(query: string): Promise<{ results: PagefindResult[] }> {
    return this.#pagefind.search(query).catch(() => this.#pagefind.search(query));
  }

  /**
   * Counts how often each entry contains a phrase. For a phrase, Pagefind returns only the first match; for loose words
   * it returns every position, but not which word is there. So consecutive positions as long as the phrase count as one
   * match. This sometimes mistakes 一一 for 一个, which is good enough for ranking.
   */
  async #count(characters: readonly string[]): Promise<Map<string, number>> {
    const words = wordsOf(characters);
    const { results } = await this.#search(words.join(' '));
    return new Map(
      results.map(({ id, words: positions }) => [id, Math.max(1, countRows(positions, words.length))]),
    );
  }

  /**
   * Throws when a part of the index could not be fetched, which Pagefind treats as empty. When a bundle has no results
   * although its alphabet has every character of the phrase, each character must be found in it by itself.
   */
  async #assertLoaded(characters: readonly string[], answered: readonly PagefindResult[]): Promise<void> {
    for (const { path, alphabet, ids, loaded } of this.#bundles) {
      if (answered.some(({ id }) => ids.has(id))) characters.forEach((character) => loaded.add(character));
      else if (!characters.every((character) => alphabet.has(character))) continue;
      for (const character of characters) {
        if (loaded.has(character)) continue;
        const { results } = await this.#search(phraseOf([character]));
        if (!results.some(({ id }) => ids.has(id))) throw new Error(`A part of ${path} could not be loaded.`);
        loaded.add(character);
      }
    }
  }
}

const opened = new Map<string, Promise<Engine>>();

/** Opens the index over these bundles once per page; the next call after a failure retries. See {@link Engine.open}. */
export function openEngine(bundles: readonly string[]): Promise<Engine> {
  const key = bundles.join(' ');
  // On a door that is about to be replaced by its page, loading the index would be cut off midway.
  const engine = opened.get(key) ?? whenStaying().then(() => Engine.open(bundles));
  opened.set(key, engine);
  engine.catch(() => opened.delete(key));
  return engine;
}

function addRows(
  entries: Map<string, Indexed>,
  seen: Set<string>,
  path: string,
  { names, rows }: Catalog,
): void {
  const base = path.replace(/pagefind\/[^/]*\/$/, '');
  for (const [id, entry, title, date, topics, people, levels, ends] of rows) {
    if (seen.has(entry)) continue;
    seen.add(entry);
    const candidate: Candidate = {
      entry,
      address: `${base}${entry}/`,
      title,
      date,
      topics: topics.map((name) => names[name]!),
      people: people.map((name) => names[name]!),
      levels: levels.map((name) => names[name]!),
      load: async () => (await within(PATIENCE, indexed.result!.data())).meta.text,
    };
    const indexed: Indexed = { candidate, ends };
    entries.set(id, indexed);
  }
}

/** The number of failed attempts to load Pagefind's code. */
let failures = 0;

/**
 * Loads Pagefind's code from a bundle. Browsers never retry a module address that is still pending, and some never
 * retry one that failed, so each further attempt uses a different address.
 */
async function loadPagefind(bundle: string): Promise<Pagefind> {
  const address = `${bundle}pagefind.js${failures > 0 ? `?${failures}` : ''}`;
  try {
    return await within(PATIENCE, import(/* @vite-ignore */ address) as Promise<Pagefind>);
  } catch (error) {
    failures++;
    throw error;
  }
}

/** Starts Pagefind on the last bundle and merges the others into it. */
async function begin(pagefind: Pagefind, bundles: readonly string[]): Promise<void> {
  // The public page that was here before may have searched, and Pagefind would go on using the worker it chose then.
  if (isOpenedInPlace()) await pagefind.destroy();
  await pagefind.options({ basePath: bundles.at(-1)!, noWorker: isOpenedInPlace() });
  await pagefind.init();
  for (const bundle of bundles.slice(0, -1)) await pagefind.mergeIndex(bundle);
}

/** Whether this page was opened without a service worker; then only its own `fetch` reaches sealed files. */
function isOpenedInPlace(): boolean {
  return document.documentElement.dataset.access === 'open' && !currentWorker();
}

/** Counts the non-overlapping rows of `length` consecutive positions. */
export function countRows(positions: readonly number[], length: number): number {
  let rows = 0;
  let row = 0;
  positions.forEach((position, at) => {
    row = at > 0 && position === positions[at - 1]! + 1 ? row + 1 : 1;
    if (row === length) {
      rows++;
      row = 0;
    }
  });
  return rows;
}

function joinDictionaries(dictionaries: readonly Dictionary[]): Dictionary {
  const readings: Record<string, string> = {};
  for (const dictionary of dictionaries) {
    for (const [reading, characters] of Object.entries(dictionary.readings)) {
      readings[reading] = [...new Set((readings[reading] ?? '') + characters)].join('');
    }
  }
  return {
    readings,
    variants: dictionaries.map(({ variants }) => variants).join(''),
    words: [...new Set(dictionaries.flatMap(({ words }) => words))],
  };
}

async function fetchJson<T>(address: string): Promise<T> {
  // Abort, rather than ignore, a request that hangs: browsers queue the next one for the same address behind it.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, { cache: 'no-cache', signal: stop.signal });
    if (!response.ok) throw new Error(`${response.status} fetching ${address}`);
    return (await response.json()) as T;
  } finally {
    clearTimeout(timer);
  }
}
