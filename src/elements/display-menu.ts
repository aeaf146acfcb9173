import { writeLocal } from '../storage.ts';

/**
 * `<display-menu>`: sets how pages look on this device: light, dark or as the system, and the text size. head.js
 * applies the stored choice before the next page paints, and the choice in a `display` event immediately.
 */
class DisplayMenu extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { theme = 'auto', textSize = 'normal' } = document.documentElement.dataset;
    for (const input of this.querySelectorAll('input')) {
      input.checked = input.value === (input.name === 'theme' ? theme : textSize);
    }
    this.hidden = false;
    this.#button.addEventListener('click', () => this.#show(this.#button.ariaExpanded !== 'true'), {
      signal,
    });
    this.addEventListener('change', () => this.#keep(), { signal });
    this.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || this.#panel.hidden) return;
      this.#show(false);
      this.#button.focus();
    });
    for (const type of ['click', 'focusin']) {
      document.addEventListener(
        type,
        ({ target }) => {
          if (target instanceof Node && !this.contains(target)) this.#show(false);
        },
        { signal },
      );
    }
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #show(isShown: boolean): void {
    this.#panel.hidden = !isShown;
    this.#button.ariaExpanded = String(isShown);
  }

  #keep(): void {
    const [theme, textSize] = [this.#chosen('theme'), this.#chosen('text-size')];
    writeLocal('theme', theme);
    writeLocal('text-size', textSize);
    dispatchEvent(new CustomEvent('display', { detail: { theme, textSize } }));
  }

  #chosen(name: string): string {
    return this.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)!.value;
  }

  get #button(): HTMLButtonElement {
    return this.querySelector('button')!;
  }

  get #panel(): HTMLElement {
    return this.querySelector('[data-panel]')!;
  }
}

customElements.define('display-menu', DisplayMenu);
