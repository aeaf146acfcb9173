import { createApp } from 'astro/app/entrypoint';
import { link } from '../address.ts';
import { audience, openAddresses, openReads } from '../library/open.ts';

/** A rendered page, and the questions that it asked the library. */
export interface Page {
  bytes: Uint8Array;
  /** The digest of the answer by question. */
  reads: Map<string, string>;
}

const app = createApp({ streaming: false });
const locals = audience === 'public' ? { hints: findHints() } : {};

/** Lists the logical addresses of all pages and of the files generated like pages. */
export function listAddresses(): string[] {
  const { own, moved } = openAddresses();
  const always = app.manifest.routes.flatMap(({ routeData: { origin, pathname, type } }) =>
    origin === 'project' && pathname !== undefined ? [type === 'page' ? `${pathname}/` : pathname] : [],
  );
  return [...always.map((address) => address.replace(/\/+$/, '/')), ...own, ...moved.keys()];
}

/**
 * Renders a page. Calls must not overlap, because the reads of the library are recorded globally.
 *
 * @throws Error when the page fails; the cause is on stderr
 */
export async function renderPage(address: string): Promise<Page> {
  openReads().take();
  const response = await app.render(new Request(new URL(link(encodeURI(address)), 'http://localhost')), {
    locals,
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const expected = address === '/404/' ? 404 : 200;
  if (response.status !== expected) throw new Error(`the page at ${address} failed (${response.status})`);
  return { bytes, reads: openReads().take() };
}

/** The digest of the library's current answer to a question that a page asked. */
export function answer(question: string): string {
  return openReads().digestOf(question);
}

/** Finds the bundled files that every door loads. All pages have the same style sheet. */
function findHints(): App.Locals['hints'] {
  const { entryModules, routes } = app.manifest;
  const [style] = routes.flatMap(({ styles }) => styles);
  const door = Object.entries(entryModules).find(([module]) =>
    module.includes('/components/Door.astro?'),
  )?.[1];
  if (style?.type !== 'external' || !door)
    throw new Error('the bundle has no style sheet or no script of the door');
  return { style: style.src, door };
}
