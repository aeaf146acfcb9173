import { writeLocal } from '../storage.ts';

const ORDER = ['auto', 'light', 'dark'] as const;
type Theme = (typeof ORDER)[number];

/**
 * A button that goes through the themes: the system's, light, dark. Its labels come in `data-auto`, `data-light` and
 * `data-dark`; theme.js reads what it stores before the next page paints.
 */
class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.show(this.current());
    this.querySelector('button')?.addEventListener('click', () => {
      const next = ORDER[(ORDER.indexOf(this.current()) + 1) % ORDER.length]!;
      this.choose(next);
    });
  }

  private current(): Theme {
    const theme = document.documentElement.dataset.theme;
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  }

  private choose(theme: Theme): void {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    writeLocal('theme', theme);
    this.show(theme);
  }

  private show(theme: Theme): void {
    this.dataset.theme = theme;
    this.querySelector('button')?.setAttribute('aria-label', this.dataset[theme] ?? theme);
  }
}

customElements.define('theme-switch', ThemeSwitch);
