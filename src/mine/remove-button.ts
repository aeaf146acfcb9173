import { announce, button } from '../elements/dom.ts';
import { spoken } from '../shorten.ts';
import { mineTexts } from './texts.ts';

/**
 * A button that removes a mark. A note is the reader's own words, which nothing brings back, so that where there is one
 * the button has to be pressed twice.
 *
 * @param exact - the words that are marked
 */
export function removeButton(exact: string, hasNote: () => boolean, remove: () => void): HTMLButtonElement {
  const texts = mineTexts.highlight;
  const element = button(texts.remove, 'text-button', () => {
    if (hasNote() && !element.hasAttribute('data-asked')) {
      element.dataset.asked = '';
      element.textContent = element.ariaLabel = texts.removeNote;
      announce(texts.removeNote);
      return;
    }
    remove();
    announce(texts.removed);
  });
  const rest = () => {
    delete element.dataset.asked;
    element.textContent = texts.remove;
    element.ariaLabel = texts.removeThis(spoken(exact));
  };
  element.addEventListener('blur', rest);
  rest();
  return element;
}
