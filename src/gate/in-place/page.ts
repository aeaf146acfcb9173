import { logicalPath } from '../../worker/address.ts';
import { saveAttachments } from '../attachment.ts';
import { showMedia } from './media.ts';
import { placeFinder } from './place.ts';

/** How long the browser keeps the access: until log out, while the tab is open, or on this page only. */
export type Keeping = 'stored' | 'visit' | 'page';

/**
 * Writes an opened page in place of the door. Its scripts run in order; module scripts that the door has already run
 * don't run again, so they may only define custom elements: what else they listen to ends with the door's document.
 */
export async function writePage(html: string, base: URL, keeping: Keeping): Promise<void> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  // The door's policy stays in force, and the page's own would be added to it.
  page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.remove();
  page.documentElement.dataset.inPlace = keeping;
  for (const element of page.querySelectorAll<HTMLElement>('[src]')) holdBack(element, base);
  setAside(page);
  const opened = `<!doctype html>${page.documentElement.outerHTML}`;
  // A phone needs a while to parse a long page twice; yield to the event loop in between, so that it can respond.
  await new Promise((resolve) => setTimeout(resolve));

  // The page is written as a whole, because an incremental parser would request sealed files from the host.
  document.open();
  showMedia(base);
  // Before the page's scripts: a tap that came first would ask the host for the sealed file.
  saveAttachments();
  const findPlace = placeFinder();
  document.addEventListener('readystatechange', () => void putBack().then(findPlace), { once: true });
  document.addEventListener('DOMContentLoaded', findPlace);
  // document.write is deprecated for loading pages, but nothing else runs their scripts in order under the policy.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.write(opened);
  document.close();
}

/** Moves the address of a sealed file into `data-sealed` until the file is opened: the host has only its ciphertext. */
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
 * Moves the body into a template. A custom element that the door has already defined would otherwise be connected at
 * its start tag, before it has its children.
 */
function setAside(page: Document): void {
  const aside = page.createElement('template');
  page.head.append(...page.body.querySelectorAll('script'));
  aside.content.append(...page.body.childNodes);
  page.body.append(aside);
}

/** Moves the body back out of its template, at the end of parsing and before the modules run; then the page is shown. */
function putBack(): Promise<void> {
  const aside = document.body.firstElementChild as HTMLTemplateElement;
  aside.replaceWith(aside.content);
  return showWhenStyled();
}

/** Hides the page until its style sheets have loaded: unlike a loaded document, a written one is painted before. */
async function showWhenStyled(): Promise<void> {
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
  await Promise.all(loads);
  body.style.removeProperty('opacity');
}
