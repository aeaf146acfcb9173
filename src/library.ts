import { resolve } from 'node:path';
import { getCollection } from 'astro:content';
import type { Card, Lists } from './catalogue.ts';
import { readEnvironment } from './environment.ts';
import { readHistory, type FileHistory } from './history.ts';
import type { Form } from './model/form.ts';
import { LOWEST_TIER, tiersOf, type Audience } from './model/audience.ts';
import { handedOver, type Live } from './preview/handover.ts';
import { Library } from './shelves.ts';

/** Whose pages this run renders, and the day it renders them for. */
const { drafts, ...environment } = readEnvironment();
export const { audience, date: today } = environment;

let library: Promise<Library> | undefined;
let histories: Map<string, FileHistory> | undefined;
let shown: Live | undefined;

/** What the audience of this run may read. Nothing else asks the content store. */
export function openLibrary(): Promise<Library> {
  const live = handedOver();
  // The preview's content changes under a running server; a build's does not.
  if (live !== shown) library = undefined;
  shown = live;
  library ??= live ? Promise.resolve(shelve(live.cards, live.lists)) : arrange();
  return library;
}

/**
 * The search bundles that the audience of this run may open, by name: its own first, then those of the wider circles.
 * The preview has everything in one.
 */
export async function searchBundles(): Promise<readonly Audience[]> {
  return drafts ? [LOWEST_TIER, 'public'] : (await openLibrary()).circles.toReversed();
}

/** The paths of a form's entry pages, for `getStaticPaths`. */
export async function pathsOf<F extends Exclude<Form, 'people'>>(form: F) {
  const shelves = await openLibrary();
  return shelves.of(form).map((entry) => ({ params: { slug: entry.slug }, props: { entry } }));
}

/**
 * When an entry was last changed, and by whom, as far as git knows. For members only: who writes here is theirs to know,
 * and the public run is given a copy that has no history.
 */
export function historyOf({ file }: { file: string }): FileHistory | undefined {
  if (audience === 'public') return undefined;
  histories ??= readHistory(readEnvironment().content);
  return histories.get(resolve(file));
}

async function arrange(): Promise<Library> {
  const [entries, lists] = await Promise.all([getCollection('entries'), getCollection('lists')]);
  return shelve(
    entries.map(({ data }) => data as Card),
    lists[0]!.data as Lists,
  );
}

/** The preview shows its writers everything, whatever tier it is for. */
function shelve(cards: Card[], lists: Lists): Library {
  return new Library(cards, lists, drafts ? tiersOf(lists.tiers).at(-1)! : audience);
}
