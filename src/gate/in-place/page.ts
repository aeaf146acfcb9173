import { logicalPath } from '../../worker/address.ts';
import { showMedia } from './media.ts';
import { keepPlace } from './place.ts';

/** How long the browser keeps what opens the site: until log out, while the tab is open, or on this page only. */
export type Keeping = 'stored' | 'visit' | 'page';

/**
 * Puts an opened page in the place of the door. Its scripts run in their order; scripts that the door has run already
 * do not run again, which custom elements don't mind.
 */
export async function writePage(html: string, base: URL, keeping: Keeping): Promise<void> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  // The door's policy goes on standing, and a second one would stand beside it.
  page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.remove();
  page.documentElement.dataset.inPlace = keeping;
  for (const element of page.querySelectorAll<HTMLElement>('[src]')) holdBack(element, base);
  setAside(page);
  const opened = `<!doctype html>${page.documentElement.outerHTML}`;
  // A long page takes a phone a while to read twice: between the two it may answer its reader.
  await new Promise((resolve) => setTimeout(resolve));

  // As a whole, because a parser that is given a page bit by bit would ask the host for sealed files.
  document.open();
  showMedia(base);
  document.addEventListener('readystatechange', putBack, { once: true });
  document.addEventListener('DOMContentLoaded', goToFragment);
  document.addEventListener('DOMContentLoaded', keepPlace);
  // Deprecated for what it does to pages that load; nothing else runs their scripts in order under the policy.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.write(opened);
  document.close();
}

/** Takes away the address of what the host has only sealed, until it is opened. */
function holdBack(element: HTMLElement, base: URL): void {
  const address = element.getAttribute('src')!;
  if (!logicalPath(new URL(address, location.href), base)?.startsWith('/media/')) return;
  element.dataset.sealed = address;
  element.removeAttribute('src');
  const choices = element.getAttribute('srcset');
  if (choices === null) return;
  element.dataset.sealedSet = choices;
  element.removeAttribute('srcset');
}

/**
 * Puts the body into a template. An element that the door's page has defined already would be set up at its start tag,
 * before it has its children.
 */
function setAside(page: Document): void {
  const aside = page.createElement('template');
  page.head.append(...page.body.querySelectorAll('script'));
  aside.content.append(...page.body.childNodes);
  page.body.append(aside);
}

/** At the end of parsing, and before the modules run. */
function putBack(): void {
  const aside = document.body.firstElementChild as HTMLTemplateElement;
  aside.replaceWith(aside.content);
  showWhenStyled();
}

/** A document that is written does not wait for its style sheets before it is painted, as one that is loaded does. */
function showWhenStyled(): void {
  const { body } = document;
  const pending = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(
    ({ sheet }) => !sheet,
  );
  if (pending.length === 0) return;
  body.style.opacity = '0';
  const loads = pending.map(
    (link) =>
      new Promise((resolve) => {
        link.addEventListener('load', resolve);
        link.addEventListener('error', resolve);
      }),
  );
  void Promise.all(loads).then(() => body.style.removeProperty('opacity'));
}

/** The browser looked for the place that the address names when only the door was there. */
function goToFragment(): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (location.hash !== '' && navigation?.type !== 'back_forward') location.replace(location.href);
}
