import { addressesOf, type Addresses } from './addresses.ts';
import type { Card } from './catalogue.ts';
import { readEnvironment } from './environment.ts';
import { handedOver, type Shown } from './handover.ts';
import type { Form } from './model/form.ts';
import { LOWEST_TIER, tiersOf, type Audience } from './model/audience.ts';
import { Reads } from './reads.ts';
import { Library } from './shelves.ts';

const { drafts, date, ...environment } = readEnvironment();

/** Whose pages this run renders. */
export const { audience } = environment;

interface Open {
  shown: Shown;
  library: Library;
  reads: Reads;
  addresses: Addresses;
}

let open: Open | undefined;

/** What the audience of this run may read. Pages have no other source. */
export function openLibrary(): Library {
  const { library, reads } = opened();
  // The live preview keeps no pages, so nobody asks what they read.
  return __PREVIEW__ ? library : reads.view;
}

/** The same library with what pages have asked it for. */
export function openReads(): Reads {
  return opened().reads;
}

/** Addresses of the pages that the content decides on. */
export function openAddresses(): Addresses {
  return opened().addresses;
}

/**
 * The search bundles that the audience of this run may open, by name: its own first, then those of the wider circles.
 * The preview has everything in one.
 */
export function searchBundles(): readonly Audience[] {
  return drafts ? [LOWEST_TIER, 'public'] : openLibrary().circles.toReversed();
}

/**
 * The entry whose page is asked for.
 *
 * @throws Error where there is none; src/middleware.ts lets no such question through
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
  // The preview's content changes under a running server.
  if (shown !== open?.shown) {
    const { cards, lists, histories } = shown;
    // The preview shows its writers everything, whatever tier it is for.
    const reader = drafts ? tiersOf(lists.tiers).at(-1)! : audience;
    const library = new Library(cards, lists, reader, date, histories);
    open = { shown, library, reads: new Reads(library), addresses: addressesOf(library) };
  }
  return open;
}
