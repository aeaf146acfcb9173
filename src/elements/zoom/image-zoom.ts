import type { Picture } from './viewer.ts';

/**
 * `<image-zoom>`: opens the pictures of the text in a viewer, by tap or by key. The viewer is loaded with the first
 * picture. `data-label` is added to a picture's name; `data-close` and `data-failed` are the viewer's texts.
 */
class ImageZoom extends HTMLElement {
  /** The number of taps so far: while the viewer loads, a reader may tap again, and only the last tap opens it. */
  #asked = 0;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const image of document.querySelectorAll<HTMLImageElement>('.prose img:not([data-in-line])')) {
      // A linked picture opens its link.
      if (image.closest('a, button')) continue;
      image.dataset.zoom = '';
      image.role = 'button';
      image.tabIndex = 0;
      image.ariaLabel = [image.alt, this.dataset.label].filter(Boolean).join(' · ');
      image.addEventListener('click', () => void this.#open(image), { signal });
      image.addEventListener(
        'keydown',
        (event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          void this.#open(image);
        },
        { signal },
      );
    }
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  async #open(image: HTMLImageElement): Promise<void> {
    const { close = '', failed = '' } = this.dataset;
    const asked = ++this.#asked;
    try {
      const [{ view }, picture] = await Promise.all([import('./viewer.ts'), largest(image)]);
      await view(picture, { close, failed }, () => asked === this.#asked);
    } catch {
      // Without a network there is still the picture in the text; the next tap tries again.
    }
  }
}

/** The largest size of a picture. */
async function largest(image: HTMLImageElement): Promise<Picture> {
  const { sealed, sealedSet } = image.dataset;
  const choices = (sealedSet ?? image.srcset).split(', ').flatMap((choice) => {
    const [, address, width] = /^(\S+) (\d+)w$/.exec(choice) ?? [];
    return address === undefined ? [] : [{ address, width: Number(width) }];
  });
  const best = choices.sort((a, b) => b.width - a.width)[0] ?? {
    address: sealed ?? image.currentSrc,
    width: image.naturalWidth,
  };
  const height = Math.round((best.width * image.height) / image.width);
  const src = sealed === undefined ? best.address : await opened(best.address, image);
  return { src, msrc: image.currentSrc, alt: image.alt, width: best.width, height, element: image };
}

/** The address of an opened sealed picture. The gate opens any near the viewport, so this inserts an invisible one. */
async function opened(address: string, beside: Element): Promise<string> {
  const image = new Image();
  image.dataset.sealed = address;
  image.className = 'visually-hidden';
  beside.after(image);
  try {
    await new Promise((resolve, reject) => {
      image.addEventListener('load', resolve);
      image.addEventListener('error', reject);
    });
    return image.src;
  } finally {
    image.remove();
  }
}

customElements.define('image-zoom', ImageZoom);
