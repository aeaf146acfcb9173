import { createHash } from 'node:crypto';
import { encode } from 'cborg';

/** A page as its words stand on it, one after another; each word is a single UTF-16 unit, so that units sort as words. */
export interface IndexedPage {
  /** What a match names: the name of the page's fragment. */
  id: string;
  words: string;
}

/** What Pagefind's browser half loads beside fragments; the files are not compressed yet, nor signed. */
export interface WrittenIndex {
  /** `index/NAME.pf_index` ⇒ posting lists in CBOR. */
  lists: Map<string, Uint8Array>;
  /** `pagefind.NAME.pf_meta` in CBOR. */
  meta: Uint8Array;
  /** NAME of the meta file. */
  name: string;
}

/** The pages that hold a word: number, distances between its positions, and none of those in metadata. */
type Posting = [page: number, positions: number[], metaPositions: never[]];

/**
 * Posting lists of about this many positions make one file. Pagefind's own 20,000 would bring along with a character
 * those of many others; see docs/search.md for the bytes measured.
 */
const POSITIONS_PER_FILE = 2000;

/** The language of an index that has none; Pagefind names files by it. */
export const LANGUAGE = 'unknown';

/**
 * Writes what Pagefind 1.6 writes of these pages, list by list (`pagefind/src/index/` in its sources): the tests hold
 * both beside each other. Pagefind itself takes four times as long, since it reads pages as HTML and looks for all that
 * an index may have besides: stems, weights, variants, filters, sorts, metadata.
 *
 * @param version - Pagefind's, which its browser half compares with its own
 */
export function writeIndex(pages: readonly IndexedPage[], version: string): WrittenIndex {
  const lists = new Map<string, Uint8Array>();
  const names = new Set<string>();
  const chunks: [from: string, to: string, name: string][] = [];
  for (const words of chunksOf(postingsOf(pages))) {
    const bytes = encode([words.map(([word, postings]) => [word, distances(postings), []])]);
    const name = nameOf(bytes, names);
    lists.set(`index/${name}.pf_index`, bytes);
    chunks.push([words[0]![0], words.at(-1)![0], name]);
  }
  const noFragmentGroup = '';
  const meta = encode([
    version,
    pages.map(({ id, words }) => [id, words.length, noFragmentGroup]),
    chunks,
    ...[[], [], []], // No filters, sorts and fields of metadata.
  ]);
  return { lists, meta, name: nameOf(meta, new Set()) };
}

/**
 * A name that follows from the bytes, so that what stays as it is keeps its name. It is as short as Pagefind's, since
 * every search begins with a list of them.
 *
 * @param taken - names that other bytes have; this one joins them
 */
export function nameOf(bytes: Uint8Array, taken: Set<string>): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  let length = 7;
  while (taken.has(digest.slice(0, length))) length++;
  taken.add(digest.slice(0, length));
  return `${LANGUAGE}_${digest.slice(0, length)}`;
}

function postingsOf(pages: readonly IndexedPage[]): Map<string, Posting[]> {
  const index = new Map<string, Posting[]>();
  for (const [number, { words }] of pages.entries()) {
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      let postings = index.get(word);
      if (postings === undefined) index.set(word, (postings = []));
      const last = postings.at(-1);
      if (last?.[0] === number) last[1].push(at);
      else postings.push([number, [at], []]);
    }
  }
  return index;
}

/** The words in order, as many together as make one file. */
function* chunksOf(index: ReadonlyMap<string, Posting[]>): Generator<[word: string, postings: Posting[]][]> {
  let chunk: [string, Posting[]][] = [];
  let size = 0;
  for (const word of [...index.keys()].sort()) {
    const postings = index.get(word)!;
    chunk.push([word, postings]);
    size += postings.reduce((sum, [, positions]) => sum + positions.length + 1, 0);
    if (size < POSITIONS_PER_FILE) continue;
    yield chunk;
    chunk = [];
    size = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** Numbers of pages and positions as distances from the one before, which are small and compress well. */
function distances(postings: readonly Posting[]): Posting[] {
  let lastPage = 0;
  return postings.map(([page, positions, none]) => {
    let last = 0;
    const steps = positions.map((position) => {
      const step = position - last;
      last = position;
      return step;
    });
    const step = page - lastPage;
    lastPage = page;
    return [step, steps, none];
  });
}
