import { getCollection } from 'astro:content';
import type { Card, Lists } from './catalogue.ts';
import { readEnvironment } from './environment.ts';
import type { Form } from './model/form.ts';
import { handedOver, type Live } from './preview/handover.ts';
import { Library } from './shelves.ts';

/** Whose pages this run renders, and the day it renders them for. */
export const { audience, date: today } = readEnvironment();

let library: Promise<Library> | undefined;
let shown: Live | undefined;

/** What the audience of this run may read. Nothing else asks the content store. */
export function openLibrary(): Promise<Library> {
  const live = handedOver();
  // The preview's content changes under a running server; a build's does not.
  if (live !== shown) library = undefined;
  shown = live;
  library ??= live ? Promise.resolve(new Library(live.cards, live.lists, audience)) : arrange();
  return library;
}

/** The paths of a form's entry pages, for `getStaticPaths`. */
export async function pathsOf<F extends Exclude<Form, 'people'>>(form: F) {
  const shelves = await openLibrary();
  return shelves.of(form).map((entry) => ({ params: { slug: entry.slug }, props: { entry } }));
}

async function arrange(): Promise<Library> {
  const [entries, lists] = await Promise.all([getCollection('entries'), getCollection('lists')]);
  return new Library(
    entries.map(({ data }) => data as Card),
    lists[0]!.data as Lists,
    audience,
  );
}
