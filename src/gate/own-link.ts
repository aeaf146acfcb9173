import { openLink } from './link.ts';
import { readAccess } from './store.ts';
import { readVisit } from './tab.ts';
import { within } from './within.ts';

/** Milliseconds to wait for the script that draws the code. */
const patience = 20_000;

/**
 * `<own-link>`: shows members their own link, for a second device or a password manager. It does so only on request,
 * so that nobody reads it over a shoulder; `data-state` is hidden, shown or absent.
 */
class OwnLink extends HTMLElement {
  connectedCallback(): void {
    this.button('show').disabled = false;
    this.button('show').addEventListener('click', () => void this.show());
    this.button('hide').addEventListener('click', () => this.hide());
    this.button('copy').addEventListener('click', () => void this.copy());
    // A page restored from the back/forward cache must not show the link again.
    addEventListener('pagehide', () => this.hide());
  }

  private async show(): Promise<void> {
    const token = await readToken().catch(() => undefined);
    if (token === undefined) {
      this.dataset.state = 'absent';
      return;
    }
    const link = `${new URL(__BASE__, location.href).href}#key=${token}`;
    this.field.value = link;
    this.dataset.state = 'shown';
    this.field.focus();
    this.field.select();
    await this.draw(link);
  }

  /** Draws the link as a code, or leaves its place out when the script for it can't be loaded. */
  private async draw(link: string): Promise<void> {
    const place = this.code.parentElement!;
    place.hidden = false;
    try {
      const { drawCode } = await within(patience, import('./qr-code.ts'));
      // Meanwhile the link may have been hidden.
      if (this.field.value === link) this.code.replaceChildren(drawCode(link));
    } catch {
      place.hidden = true;
    }
  }

  private hide(): void {
    this.field.value = '';
    this.code.replaceChildren();
    this.say('');
    this.dataset.state = 'hidden';
  }

  private async copy(): Promise<void> {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      this.say(this.dataset.copied ?? '');
    } catch {
      // Some web views refuse; the selected text can be copied by hand.
      this.say(this.dataset.selected ?? '');
    }
  }

  private say(text: string): void {
    this.querySelector('[role=status]')!.textContent = text;
  }

  private button(action: string): HTMLButtonElement {
    return this.querySelector(`[data-${action}]`)!;
  }

  private get field(): HTMLInputElement {
    return this.querySelector('#own-link')!;
  }

  private get code(): HTMLElement {
    return this.querySelector('[data-code]')!;
  }
}

/** The member's token, if this browser has kept its text. */
async function readToken(): Promise<string | undefined> {
  const stored = await readAccess(__BASE__).catch(() => undefined);
  if (!stored) return readVisit()?.token;
  const { access, raw } = stored;
  if (raw) return raw.token.text;
  return access.link && openLink(access.link, access.token);
}

customElements.define('own-link', OwnLink);
