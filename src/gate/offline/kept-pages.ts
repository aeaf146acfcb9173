import { megabytes } from '../../text/megabytes.ts';
import { titleElement } from '../../elements/title.ts';
import { canKeep, readKept } from './kept.ts';

/**
 * `<kept-pages>`: lists what was taken along on this device, as links. Titles are read from the pages themselves, which
 * are stored sealed. Its `data-state` is unable (without a worker), empty or listed.
 */
class KeptPages extends HTMLElement {
  connectedCallback(): void {
    void this.list();
    addEventListener('gate:kept', () => void this.list());
  }

  private async list(): Promise<void> {
    const kept = readKept();
    this.dataset.state = !canKeep() ? 'unable' : kept.length === 0 ? 'empty' : 'listed';
    const items = await Promise.all(
      kept.map(async ({ pages: [address], bytes }) => itemOf(address!, await titleOf(address!), bytes)),
    );
    this.querySelector('ul')!.replaceChildren(...items);
  }
}

function itemOf(address: string, title: string, bytes: number): HTMLLIElement {
  const link = document.createElement('a');
  link.href = address;
  link.append(titleElement(title));
  const size = document.createElement('span');
  size.textContent = megabytes(bytes, 1);
  const item = document.createElement('li');
  item.append(link, ' ', size);
  return item;
}

async function titleOf(address: string): Promise<string> {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return decodeURI(address);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('h1')?.firstElementChild?.textContent ?? page.title;
}

customElements.define('kept-pages', KeptPages);
