import { button, create } from '../elements/dom.ts';
import { saveFile } from './file.ts';
import { isEmpty } from './log.ts';
import { readLog } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-export>` at the door of a membership that has ended: the page with the member's marks no longer opens, so they
 * can be saved here. Empty when there are none.
 */
class MineExport extends HTMLElement {
  connectedCallback(): void {
    if (isEmpty(readLog())) return;
    const { what, save } = mineTexts.ended;
    this.replaceChildren(create('p', {}, what), button(save, 'quiet-button button', saveFile));
  }
}

customElements.define('mine-export', MineExport);
