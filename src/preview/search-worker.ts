import { parentPort } from 'node:worker_threads';
import { extractEntry } from '../search/extract.ts';
import { indexEntries } from '../search/index.ts';
import type { EntryText } from '../search/record.ts';
import type { Indexed, ToIndex } from './search.ts';

/** What each page says, so that only changed ones are read again. */
const known = new Map<string, EntryText>();

parentPort!.on('message', (message: ToIndex) => {
  index(message).then(
    (files) => parentPort!.postMessage(files),
    (error: unknown) => parentPort!.postMessage(error),
  );
});

async function index({ pages, vocabulary }: ToIndex): Promise<Indexed> {
  for (const [address, html] of pages) {
    const entry = html === undefined ? undefined : extractEntry({ address, html });
    if (entry) known.set(address, entry);
    else known.delete(address);
  }
  // As in a build, pages open two bundles; here the first has everything.
  const bundles = {
    public: await indexEntries(new Map(), '/pagefind/public/'),
    members: await indexEntries(known, '/pagefind/members/', vocabulary),
  };
  return new Map(
    Object.entries(bundles).flatMap(([name, files]) =>
      [...files].map(([path, bytes]) => [`${name}/${path}`, bytes] as const),
    ),
  );
}
