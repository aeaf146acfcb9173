import { countOf, saveFile } from './file.ts';
import { isEmpty } from './log.ts';
import { readLog } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-farewell>`: asks before a log out that would delete a reader's marks (`gate:leaving`, src/gate/log-out.ts),
 * and offers to export them.
 */
class MineFarewell extends HTMLElement {
  readonly #texts = mineTexts.leaving;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const dialog = this.querySelector('dialog');
    let goOn: (() => void) | undefined;
    document.addEventListener(
      'gate:leaving',
      (event) => {
        const log = readLog();
        if (!dialog || isEmpty(log)) return;
        event.preventDefault();
        ({ goOn } = (event as CustomEvent<{ goOn: () => void }>).detail);
        const { pieces, highlights } = countOf(log);
        dialog.querySelector('[data-body]')!.textContent = this.#texts.body(pieces, highlights);
        dialog.showModal();
      },
      { signal },
    );
    const on = (name: string, act: () => void) =>
      this.querySelector(`[data-act=${name}]`)?.addEventListener('click', act, { signal });
    on('save', saveFile);
    on('leave', () => goOn?.());
    on('stay', () => dialog?.close());
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }
}

customElements.define('mine-farewell', MineFarewell);
