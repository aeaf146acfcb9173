/** Milliseconds that a button says that it has copied. */
const SAID = 2000;

/**
 * Copies a text and says so on the button that was pressed (`data-copied`), for as long as one needs to read it. Where
 * the browser lets no page write to the clipboard (plain http, some web views), it shows the text to copy by hand.
 */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    prompt(button.ariaLabel ?? button.textContent, text);
    return;
  }
  button.setAttribute('data-copied', '');
  setTimeout(() => button.removeAttribute('data-copied'), SAID);
}
