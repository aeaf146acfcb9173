import { announce } from './dom.ts';

/** Milliseconds for which a button shows that it has copied. */
const SAID = 2000;

/**
 * Copies a text to the clipboard. If the browser doesn't allow that (plain http, some web views), shows the text to
 * copy by hand.
 *
 * @param name - labels the text that is shown
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
 * As {@link copyOrShow}; after copying, it marks the pressed button with `data-copied` for a moment and announces its
 * `data-said`.
 */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  if (!(await copyOrShow(text, button.ariaLabel ?? button.textContent))) return;
  button.setAttribute('data-copied', '');
  announce(button.dataset.said!);
  setTimeout(() => button.removeAttribute('data-copied'), SAID);
}
