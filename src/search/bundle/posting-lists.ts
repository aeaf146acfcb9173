import { createHash } from 'node:crypto';
import { encode } from 'cborg';

/** A page as a sequence of words. Each word is a single UTF-16 unit, so that sorting units sorts words. */
export interface IndexedPage {
  /** The id in search results: the name of the page's fragment. */
  id: string;
  words: string;
}

/** The files that Pagefind's browser code loads besides fragments, not yet signed or compressed. */
export interface WrittenIndex {
  /** `index/NAME.pf_index` ⇒ posting lists in CBOR. */
  lists: Map<string, Uint8Array>;
  /** `pagefind.NAME.pf_meta` in CBOR. */
  meta: Uint8Array;
  /** NAME of the meta file. */
  name: string;
}

/** A page that contains a word, with its positions, all delta-encoded. There are no positions in metadata. */
type Posting = [page: number, positions: number[], metaPositions: never[]];

/**
 * About how many positions the posting lists of one file have. Pagefind's default of 20,000 would load the lists of
 * many other characters along with one; see docs/search.md for the measured bytes.
 */
const POSITIONS_PER_FILE = 2000;

/** Pagefind's language of an index without one; file names start with it. */
export const LANGUAGE = 'unknown';

/**
 * Writes the same index of these pages as Pagefind 1.6 (`pagefind/src/index/` in its sources); the tests compare both.
 * Pagefind itself takes four times as long, because it parses pages as HTML and supports stems, weights, variants,
 * filters, sorts and metadata.
 *
 * @param version - Pagefind's version, which its browser code compares with its own
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
 * Derives a name from the bytes, so that unchanged files keep their names. It is as short as Pagefind's names, because
 * every search loads a list of all of them first.
 *
 * @param taken - the names of other files, to which this one is added
 */
export function nameOf(bytes: Uint8Array, taken: Set<string>): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  let length = 7;
  while (taken.has(digest.slice(0, length))) length++;
  taken.add(digest.slice(0, length));
  return `${LANGUAGE}_${digest.slice(0, length)}`;
}

/** Yields the posting lists of all words in order, grouped by file. */
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
 * Yields the occurrences of each word, in order of words: page numbers and, in parallel, positions. All occurrences are
 * in two columns, sorted by distribution counting (Knuth 5.2), because a million small lists would take a hundred times
 * the memory.
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
