import { copyText } from '../../elements/copy.ts';

/** `<copy-source>`: a source text with a button that copies it. */
class CopySource extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button')!;
    button.addEventListener('click', () => void copyText(this.querySelector('pre')!.textContent, button));
  }
}

customElements.define('copy-source', CopySource);
