import { spoken } from '../../text/shorten.ts';
import type { QuotePicture } from './picture.ts';

/**
 * `<quote-pictures>`: gives each key quote of its page a button that makes a picture of it, to save or to share. Its
 * markup and texts are in QuotePictures.astro. The drawing code is loaded with the first picture.
 */
class QuotePictures extends HTMLElement {
  #url = '';
  /** The number of requests so far, so that a picture that is no longer wanted is dropped. */
  #asked = 0;

  connectedCallback(): void {
    const button = this.querySelector('template')?.content.firstElementChild;
    if (!button) return;
    for (const figure of document.querySelectorAll<HTMLElement>(
      'figure:is([data-quote], [data-quote-card])',
    )) {
      const copy = button.cloneNode(true) as HTMLElement;
      // A name that is distinct for screen readers.
      const quoted = figure.querySelector('blockquote')!.textContent;
      copy.ariaLabel = `${copy.textContent.trim()} ${spoken(quoted)}`;
      copy.addEventListener('click', () => void this.#show(figure));
      captionOf(figure).append(copy);
    }
    this.#part('[data-close]').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
    this.#dialog.addEventListener('close', () => {
      // This event comes late: another picture may have been requested meanwhile.
      if (this.#dialog.open) return;
      this.#asked++;
      this.#forget();
    });
  }

  async #show(figure: HTMLElement): Promise<void> {
    const { dataset } = this;
    const asked = ++this.#asked;
    const picture = pictureOf(figure, {
      name: dataset.name!,
      mark: dataset.mark!,
      tagline: dataset.tagline!,
      scan: dataset.scan!,
    });
    dataset.state = 'drawing';
    this.#say(dataset.drawing!);
    this.#dialog.showModal();
    let file: File;
    try {
      const { drawPicture } = await import('./picture.ts');
      file = new File(
        [await drawPicture(picture)],
        `${[dataset.name, picture.who].filter(Boolean).join('-')}.png`,
        {
          type: 'image/png',
        },
      );
    } catch {
      if (asked !== this.#asked) return;
      dataset.state = 'failed';
      this.#say(dataset.failed!);
      return;
    }
    if (asked !== this.#asked) return;
    this.#forget();
    this.#url = URL.createObjectURL(file);
    const image = this.#part('img') as HTMLImageElement;
    image.alt = [picture.text, picture.who].filter(Boolean).join(' —— ');
    image.src = this.#url;
    const save = this.#part('[data-save]') as HTMLAnchorElement;
    save.href = this.#url;
    save.download = file.name;
    const share = this.#part('[data-share]');
    share.hidden = !canShare(file);
    share.onclick = () => {
      navigator.share({ files: [file] }).catch(() => {
        // The member cancelled sharing; the picture can still be saved.
      });
    };
    dataset.state = 'shown';
    this.#say(dataset.hint!);
  }

  /** Releases the last picture. */
  #forget(): void {
    URL.revokeObjectURL(this.#url);
    this.#url = '';
    (this.#part('img') as HTMLImageElement).removeAttribute('src');
  }

  #say(text: string): void {
    this.#part('[role=status]').textContent = text;
  }

  #part(selector: string): HTMLElement {
    return this.querySelector<HTMLElement>(selector)!;
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }
}

/** The caption with the quote's source, at whose end the button goes; created when there is none. */
function captionOf(figure: HTMLElement): HTMLElement {
  const caption = figure.querySelector('figcaption');
  if (caption) return caption;
  const made = document.createElement('figcaption');
  figure.append(made);
  return made;
}

function pictureOf(figure: HTMLElement, brand: QuotePicture['brand']): QuotePicture {
  const quote = figure.querySelector('blockquote')!;
  const paragraphs = [...quote.querySelectorAll('p')].map(({ innerText }) => innerText);
  const text = (paragraphs.length > 0 ? paragraphs.join('\n') : quote.innerText).trim();
  const said = figure.querySelector('.quote-who') ?? figure.querySelector('.quote-source');
  const link = figure.querySelector<HTMLAnchorElement>('a[data-piece]');
  const { origin, pathname } = link ?? location;
  return {
    text,
    who: figure.dataset.said ?? said?.textContent.trim() ?? '',
    address: origin + pathname,
    brand,
  };
}

function canShare(file: File): boolean {
  // Desktop Firefox and older web views can't share.
  return 'canShare' in navigator && navigator.canShare({ files: [file] });
}

customElements.define('quote-pictures', QuotePictures);
