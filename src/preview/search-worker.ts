import { isDeepStrictEqual } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { indexEntries } from '../search/bundle/index-entries.ts';
import { readEntry, type ReadEntry } from '../search/bundle/read-entry.ts';
import type { Vocabulary } from '../search/bundle/vocabulary.ts';
import type { Indexed, ToIndex } from './search.ts';

/** The entries of all pages by address, so that only changed pages are parsed again. */
const known = new Map<string, ReadEntry>();

/** The bundle of all pages as they were when it was made, and the vocabulary it was made with. */
let whole: { files: Map<string, Uint8Array>; vocabulary: Vocabulary } | undefined;

/** Pages changed since then. They get a bundle of their own, because remaking that of all pages takes far longer. */
const fresh = new Map<string, ReadEntry>();

/** Maximum number of changed pages; with more, the bundle of all pages is remade. */
const MOST_FRESH = 20;

parentPort!.on('message', (message: ToIndex) => {
  index(message).then(
    (files) => parentPort!.postMessage(files),
    (error: unknown) => parentPort!.postMessage(error),
  );
});

async function index({ pages, vocabulary }: ToIndex): Promise<Indexed> {
  for (const [address, html] of pages) {
    const entry = html === undefined ? undefined : readEntry({ address, html });
    if (entry) {
      known.set(address, entry);
      fresh.set(address, entry);
    } else if (known.delete(address)) {
      // Otherwise the bundle of all pages would still find it.
      whole = undefined;
    }
  }
  if (!whole || fresh.size > MOST_FRESH || !hasSameWords(whole.vocabulary, vocabulary)) {
    whole = { files: await indexEntries(known, vocabulary), vocabulary };
    fresh.clear();
  }
  // As in a build, pages open two bundles, and an entry that is in both is taken from the first.
  const { aliases } = vocabulary;
  const bundles = {
    members: await indexEntries(fresh, { aliases }),
    public: whole.files,
  };
  return new Map(
    Object.entries(bundles).flatMap(([name, files]) =>
      [...files].map(([path, bytes]) => [`${name}/${path}`, bytes] as const),
    ),
  );
}

/** Whether the vocabulary of the bundle of all pages is still valid for the pages that are found in it. */
function hasSameWords(before: Vocabulary, now: Vocabulary): boolean {
  return (
    isDeepStrictEqual(before.synonyms, now.synonyms) &&
    [...known.keys()].every(
      (address) =>
        fresh.has(address) || isDeepStrictEqual(before.aliases.get(address), now.aliases.get(address)),
    )
  );
}
