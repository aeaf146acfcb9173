import { gunzipSync, gzipSync } from 'node:zlib';
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind';
import { extractEntry } from './extract.ts';
import { fold } from './fold.ts';
import { ZONES, type Catalog, type CatalogRow, type EntryText, type StoredText } from './record.ts';
import { BLOCK_END, tokensOf } from './token.ts';

/**
 * Posting lists of about this many positions make one file. Pagefind's own 20,000 would bring along with a character
 * those of many others; see docs/search.md for the bytes measured. The variable is the only way to say so in 1.6.
 */
const POSITIONS_PER_FILE = '2000';

/**
 * Pagefind counts in steps of 1/24 and writes a weight down unless it is 25 of them, which it never gives by itself.
 * With this weight the marker is left out and the index is 5 % smaller.
 */
const UNWRITTEN_WEIGHT = '1.0417';

/** What Pagefind puts before each file's content. */
const SIGNATURE = 'pagefind_dcd';

/**
 * Makes a search bundle of rendered pages: Pagefind's files, with each entry's text as readers see it in place of the
 * spaced-out text that was indexed, and `catalog.json`.
 *
 * @param pages - addresses without the base (`/talks/x/`); pages without an entry are passed over
 * @param bundlePath - where the bundle will be served, named in errors
 * @returns file names below the bundle path, and their bytes; the same input gives the same bytes
 * @throws Error when Pagefind fails
 */
export async function indexPages(
  pages: Iterable<{ address: string; html: string }>,
  bundlePath: string,
): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, EntryText>();
  for (const page of pages) {
    const entry = extractEntry(page);
    if (entry) entries.set(page.address, entry);
  }
  process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE = POSITIONS_PER_FILE;
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'unknown' });
    if (!index) throw new Error(errors.join('; '));
    for (const [address, entry] of entries) await addEntry(index, address, entry);
    const written = await index.getFiles();
    if (written.errors.length > 0) throw new Error(written.errors.join('; '));
    return bundle(written.files, entries);
  } catch (cause) {
    throw new Error(`Failed to index the pages of ${bundlePath}.`, { cause });
  } finally {
    await close();
    delete process.env.PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE;
  }
}

async function addEntry(index: PagefindIndex, address: string, entry: EntryText): Promise<void> {
  const words = zonesOf(entry).flat();
  const content = `<html><body data-pagefind-weight="${UNWRITTEN_WEIGHT}">${words.join(' ')}</body></html>`;
  const { errors } = await index.addHTMLFile({ url: address, content });
  if (errors.length > 0) throw new Error(`${address}: ${errors.join('; ')}`);
}

/** The words of an entry by zone, best zone first: so the first match of a phrase is the one that counts most. */
function zonesOf({ blocks }: EntryText): string[][] {
  return ZONES.map((zone) =>
    blocks
      .filter((block) => block.zone === zone)
      .flatMap(({ text }) => [...fold(text).characters.flatMap(tokensOf), BLOCK_END]),
  );
}

/** Keeps what the browser needs of Pagefind's files and adds the catalog. */
function bundle(files: IndexFile[], entries: Map<string, EntryText>): Map<string, Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  const ids = new Map<string, string>();
  for (const { path, content } of files) {
    const id = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (id) {
      const { url } = JSON.parse(unpack(content)) as { url: string };
      ids.set(url, id);
      kept.set(path, pack(fragmentOf(url, entries.get(url)!)));
    } else if (!isInterface(path)) {
      kept.set(path, content);
    }
  }
  const catalog = JSON.stringify(catalogOf(entries, ids));
  kept.set('catalog.json', new TextEncoder().encode(catalog));
  return new Map([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pagefind's own user interfaces, which we don't use. */
function isInterface(path: string): boolean {
  return /ui\.(js|css)$|^pagefind-highlight\.js$/.test(path);
}

function unpack(content: Uint8Array): string {
  return gunzipSync(content).toString('utf8').slice(SIGNATURE.length);
}

function pack(fragment: object): Uint8Array {
  return new Uint8Array(gzipSync(SIGNATURE + JSON.stringify(fragment), { level: 9 }));
}

function fragmentOf(url: string, { title, places, blocks }: EntryText) {
  const text: StoredText = {
    places,
    blocks: blocks.map((block) => [ZONES.indexOf(block.zone), block.place, block.text]),
  };
  return { url, content: '', word_count: 0, filters: {}, meta: { title, text }, anchors: [] };
}

function catalogOf(entries: Map<string, EntryText>, ids: Map<string, string>): Catalog {
  const names: string[] = [];
  const known = new Map<string, number>();
  const numberOf = (name: string) => {
    const number = known.get(name) ?? names.push(name) - 1;
    known.set(name, number);
    return number;
  };
  const rows = [...entries].map(([address, entry]): CatalogRow => {
    const [title, quotes, headings] = zonesOf(entry).map((words) => words.length) as [number, number, number];
    return [
      ids.get(address)!,
      entry.entry,
      entry.title,
      entry.date,
      entry.topics.map(numberOf),
      entry.people.map(numberOf),
      entry.level ? numberOf(entry.level) : -1,
      [title, title + quotes, title + quotes + headings],
    ];
  });
  return { names, rows };
}
