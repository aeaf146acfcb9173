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

/** A page that holds a word, and where: each number as the distance from the one before. No positions in metadata. */
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
  for (const words of chunksOf(pages)) {
    const bytes = encode([words.map(([word, postings]) => [word, postings, []])]);
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

/** The posting lists of all words in order, as many together as make one file. */
function* chunksOf(pages: readonly IndexedPage[]): Generator<[word: string, postings: Posting[]][]> {
  let chunk: [string, Posting[]][] = [];
  let size = 0;
  for (const [word, pagesOf, positions] of occurrencesOf(pages)) {
    const postings = postingsOf(pagesOf, positions);
    chunk.push([word, postings]);
    size += positions.length + postings.length;
    if (size < POSITIONS_PER_FILE) continue;
    yield chunk;
    chunk = [];
    size = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Where each word stands, in order: the numbers of pages, and the positions on them, side by side. All of them lie in two
 * columns, sorted by counting (Knuth 5.2, distribution counting), since a million small lists take a hundred times the
 * memory.
 */
function* occurrencesOf(
  pages: readonly IndexedPage[],
): Generator<[word: string, pages: Uint32Array, positions: Uint32Array]> {
  const counts = new Uint32Array(0x10000);
  let total = 0;
  for (const { words } of pages) {
    for (let at = 0; at < words.length; at++) counts[words.charCodeAt(at)]!++;
    total += words.length;
  }
  const next = new Uint32Array(counts.length);
  for (let unit = 1; unit < counts.length; unit++) next[unit] = next[unit - 1]! + counts[unit - 1]!;
  const [pageOf, positionOf] = [new Uint32Array(total), new Uint32Array(total)];
  for (const [page, { words }] of pages.entries()) {
    for (let at = 0; at < words.length; at++) {
      const place = next[words.charCodeAt(at)]!++;
      pageOf[place] = page;
      positionOf[place] = at;
    }
  }
  for (const [unit, count] of counts.entries()) {
    if (count === 0) continue;
    const end = next[unit]!;
    yield [
      String.fromCharCode(unit),
      pageOf.subarray(end - count, end),
      positionOf.subarray(end - count, end),
    ];
  }
}

function postingsOf(pages: Uint32Array, positions: Uint32Array): Posting[] {
  const postings: Posting[] = [];
  let lastPage = 0;
  for (let at = 0; at < pages.length;) {
    const page = pages[at]!;
    const steps: number[] = [];
    for (let last = 0; pages[at] === page; at++) {
      steps.push(positions[at]! - last);
      last = positions[at]!;
    }
    postings.push([page - lastPage, steps, []]);
    lastPage = page;
  }
  return postings;
}
