import { announce } from './dom.ts';

/** Milliseconds that a button says that it has copied. */
const SAID = 2000;

/**
 * Copies a text. Where the browser lets no page write to the clipboard (plain http, some web views), it shows the text to
 * copy by hand.
 *
 * @param name - says what it is there
 * @returns whether it was copied
 */
export async function copyOrShow(text: string, name: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    prompt(name, text);
    return false;
  }
}

/**
 * As {@link copyOrShow}, and says so (`data-said`) on the button that was pressed (`data-copied`), for as long as one
 * needs to read it.
 */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  if (!(await copyOrShow(text, button.ariaLabel ?? button.textContent))) return;
  button.setAttribute('data-copied', '');
  announce(button.dataset.said!);
  setTimeout(() => button.removeAttribute('data-copied'), SAID);
}
