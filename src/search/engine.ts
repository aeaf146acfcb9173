import { currentWorker, within } from '../gate/bridge.ts';
import { whenStaying } from '../gate/staying.ts';
import { newerFirst } from './rank.ts';
import { ZONES, type Catalog, type Dictionary, type StoredText } from './record.ts';
import { phraseOf, wordsOf } from './token.ts';

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
  levels: string[];
  /** Its text by place, of an entry that a search has found. */
  load: () => Promise<StoredText>;
}

/** How an entry holds a phrase. */
export interface Match {
  candidate: Candidate;
  /** Index of ZONES: the best part of the entry that holds it. */
  zone: number;
  /** Which of several readings of the term it holds, the likeliest 0, and how many characters that one has. */
  choice?: number;
  length?: number;
  /** How often it stands there, about; 1 where so many entries hold it that counting would take too long. */
  count: number;
}

/** What an index answers; the tests stand one up over plain texts. */
export interface Index {
  /** Every entry, newest first. */
  readonly candidates: readonly Candidate[];
  /** Groups of folded words that mean the same. */
  readonly synonyms: readonly (readonly string[])[];
  /** Every entry that holds exactly this run of folded characters, by its mark. */
  find(characters: readonly string[]): Promise<Map<string, Match>>;
  dictionary(): Promise<Dictionary>;
}

/** The part of pagefind.js that is used; Pagefind publishes no types for it. */
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
  /** Every character that stands in its entries. */
  alphabet: ReadonlySet<string>;
  /** Pagefind's ids of its entries, those too that another bundle has in a fuller form. */
  ids: ReadonlySet<string>;
  /** Characters whose part of the index is known to be loaded. */
  loaded: Set<string>;
}

interface Indexed {
  candidate: Candidate;
  ends: readonly number[];
  /**
   * Pagefind's way to the entry's text, known once a search has met it. The result is kept whole: Pagefind's worker
   * forgets the text of a result that nobody holds.
   */
  result?: PagefindResult;
}

/** Counting where a phrase stands asks for each position of each of its characters: not for more entries than this. */
const MOST_COUNTED = 150;

/**
 * How long (milliseconds) a part of the index may take at most. Pagefind waits for ever when its first file fails while
 * another index is being merged; and everything would wait for ever for a host that falls silent.
 */
const PATIENCE = 20_000;
/** How long (milliseconds) Pagefind may take at most to end a search that was given up. */
const FAREWELL = 1_000;

/** All bundles that a reader may open, as one index. */
export class Engine implements Index {
  readonly candidates: readonly Candidate[];
  readonly synonyms: readonly (readonly string[])[];
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
    this.synonyms = catalogs.flatMap(({ synonyms }) => synonyms);
    this.candidates = [...entries.values()].map(({ candidate }) => candidate).sort(newerFirst);
  }

  /**
   * Loads the bundles at these paths (`/base/pagefind/members/`), the most complete first: an entry that two of them
   * hold is taken from the first. Pagefind's own code is taken from the last, which anyone may read: a page that was
   * opened in place can't load code from sealed files.
   *
   * @throws Error when a bundle can't be had
   */
  static async open(bundles: readonly string[]): Promise<Engine> {
    const catalogs = await Promise.all(bundles.map((bundle) => fetchJson<Catalog>(`${bundle}catalog.json`)));
    const pagefind = await loadPagefind(bundles.at(-1)!);
    try {
      await within(PATIENCE, begin(pagefind, bundles));
    } catch (cause) {
      // Pagefind remembers that it failed until it is told to forget; the next attempt shall start anew. A worker of its
      // that waits for the host hears nothing of it.
      await within(FAREWELL, pagefind.destroy()).catch(() => undefined);
      throw new Error('The search index could not be loaded.', { cause });
    }
    return new Engine(pagefind, bundles, catalogs);
  }

  /** @throws Error when a part of the index can't be had */
  find(characters: readonly string[]): Promise<Map<string, Match>> {
    return within(PATIENCE, this.#find(characters));
  }

  async #find(characters: readonly string[]): Promise<Map<string, Match>> {
    const { results } = await this.#pagefind.search(phraseOf(characters));
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
   * How often each entry holds a phrase. Pagefind tells of a phrase its first match only, but of loose words every
   * position, though not which word stands there: a row of such positions as long as the phrase counts as one. That
   * takes 一一 for 一个 now and then, which is good enough for an order.
   */
  async #count(characters: readonly string[]): Promise<Map<string, number>> {
    const words = wordsOf(characters);
    const { results } = await this.#pagefind.search(words.join(' '));
    return new Map(
      results.map(({ id, words: positions }) => [id, Math.max(1, countRows(positions, words.length))]),
    );
  }

  /**
   * Pagefind takes a part of the index that it couldn't fetch for an empty one. So where a bundle had no answer although
   * it knows every character of the phrase, each of them has to be found in it by itself.
   */
  async #assertLoaded(characters: readonly string[], answered: readonly PagefindResult[]): Promise<void> {
    for (const { path, alphabet, ids, loaded } of this.#bundles) {
      if (answered.some(({ id }) => ids.has(id))) characters.forEach((character) => loaded.add(character));
      else if (!characters.every((character) => alphabet.has(character))) continue;
      for (const character of characters) {
        if (loaded.has(character)) continue;
        const { results } = await this.#pagefind.search(phraseOf([character]));
        if (!results.some(({ id }) => ids.has(id))) throw new Error(`A part of ${path} could not be loaded.`);
        loaded.add(character);
      }
    }
  }
}

const opened = new Map<string, Promise<Engine>>();

/** The index over these bundles, opened once a page; one that failed is tried anew. See {@link Engine.open}. */
export function openEngine(bundles: readonly string[]): Promise<Engine> {
  const key = bundles.join(' ');
  // What a page begins that is about to be replaced would be ended under its hands.
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

/** How often Pagefind's code was asked for in vain. */
let failures = 0;

/**
 * Loads Pagefind's code from a bundle. A page never lets go of an address that it waits for code from, and in some
 * browsers of one that failed: each attempt after that has another.
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

/** Starts Pagefind on the last of the bundles, and joins the others to it. */
async function begin(pagefind: Pagefind, bundles: readonly string[]): Promise<void> {
  // The public page that stood here may have searched, and Pagefind would go on in the worker that it chose then.
  if (isOpenedInPlace()) await pagefind.destroy();
  await pagefind.options({ basePath: bundles.at(-1)!, noWorker: isOpenedInPlace() });
  await pagefind.init();
  for (const bundle of bundles.slice(0, -1)) await pagefind.mergeIndex(bundle);
}

/** Whether this page was opened without a worker: then only its own `fetch` reaches sealed files. */
function isOpenedInPlace(): boolean {
  return document.documentElement.dataset.access === 'open' && !currentWorker();
}

/** How many rows of so many positions one after another there are, none of them in two. */
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
  // Broken off, and not left: a browser lets the next that asks for the same wait behind it.
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
