import { announce, button } from '../elements/dom.ts';
import { spoken } from '../text/shorten.ts';
import { mineTexts } from './texts.ts';

/**
 * Creates a button that removes a mark. If the mark has a note, which can't be restored, it must be pressed twice.
 *
 * @param exact - the marked text
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
