import { addressesOf, type Addresses } from './addresses.ts';
import type { Card } from './catalogue.ts';
import { readEnvironment } from '../environment.ts';
import { handedOver, type Shown } from './handover.ts';
import type { Form } from '../model/form.ts';
import { LOWEST_TIER, tiersOf, type Audience } from '../model/audience.ts';
import { Reads } from './reads.ts';
import { Library } from './library.ts';

const { drafts, date, ...environment } = readEnvironment();

/** The audience whose pages this run renders. */
export const { audience } = environment;

interface Open {
  shown: Shown;
  library: Library;
  reads: Reads;
  addresses: Addresses;
}

let open: Open | undefined;

/** Returns the library of what this run's audience may read. Pages have no other source. */
export function openLibrary(): Library {
  const { library, reads } = opened();
  // The live preview doesn't cache pages, so nothing needs to know what they read.
  return __PREVIEW__ ? library : reads.view;
}

/** Returns the same library with a record of what pages have read from it. */
export function openReads(): Reads {
  return opened().reads;
}

/** Returns the addresses of pages whose existence depends on the content. */
export function openAddresses(): Addresses {
  return opened().addresses;
}

/**
 * Returns the names of the search bundles that this run's audience may open: its own first, then those of each wider
 * audience. The preview puts all entries in one bundle.
 */
export function searchBundles(): readonly Audience[] {
  return drafts ? [LOWEST_TIER, 'public'] : openLibrary().circles.toReversed();
}

/** Returns why a piece is not published yet although this run shows it, as the preview does; undefined if it is. */
export function unpublished(piece: Pick<Card, 'data' | 'date'>): 'draft' | 'later' | undefined {
  if (piece.data.draft) return 'draft';
  return drafts && piece.date > date ? 'later' : undefined;
}

/**
 * Returns the entry at the address of the current page.
 *
 * @throws Error if there is none; src/middleware.ts answers such requests with 404 first
 */
export function entryAt<F extends Form>(form: F, slug: string | undefined): Card<F> {
  const entry = openLibrary().at(`/${form}/${slug}/`);
  if (entry?.form !== form) throw new Error(`${form} has no ${slug}`);
  return entry as Card<F>;
}

function opened(): Open {
  const shown = handedOver();
  if (!shown)
    throw new Error('pages are rendered by the build and the preview, which load the content first');
  // In the preview the content changes while the server runs.
  if (shown !== open?.shown) {
    // The preview shows writers all entries, whatever their tier.
    const reader = drafts ? tiersOf(shown.lists.tiers).at(-1)! : audience;
    const library = new Library(shown, reader, date);
    open = { shown, library, reads: new Reads(library), addresses: addressesOf(library) };
  }
  return open;
}
