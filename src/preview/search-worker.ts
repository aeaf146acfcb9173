import { isDeepStrictEqual } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { indexEntries } from '../search/index.ts';
import { readEntry, type ReadEntry } from '../search/read-entry.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import type { Indexed, ToIndex } from './search.ts';

/** What each page says, so that only changed ones are read again. */
const known = new Map<string, ReadEntry>();

/** The bundle of all pages as they were when it was made, and with which words. */
let whole: { files: Map<string, Uint8Array>; vocabulary: Vocabulary } | undefined;

/** Pages that have changed since then, which have a bundle of their own: making that of all takes far longer. */
const fresh = new Map<string, ReadEntry>();

/** With more of them the bundle of all is made anew. */
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
      // The bundle of all would go on finding it.
      whole = undefined;
    }
  }
  if (!whole || fresh.size > MOST_FRESH || !hasSameWords(whole.vocabulary, vocabulary)) {
    whole = { files: await indexEntries(known, vocabulary), vocabulary };
    fresh.clear();
  }
  // As in a build, pages open two bundles, and take an entry that both have from the first.
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

/** Whether what the bundle of all was made with is still true of the pages that are found in it. */
function hasSameWords(before: Vocabulary, now: Vocabulary): boolean {
  return (
    isDeepStrictEqual(before.synonyms, now.synonyms) &&
    [...known.keys()].every(
      (address) =>
        fresh.has(address) || isDeepStrictEqual(before.aliases.get(address), now.aliases.get(address)),
    )
  );
}
