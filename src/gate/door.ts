import { parseToken } from '../vault/index.ts';
import { askWorker, mayReopen, openAnew, startWorker } from './bridge.ts';
import { onKey, takeKey, tokenIn } from './key.ts';
import { readAccess, readNotice } from './store.ts';
import { unlock, type UnlockRefusal } from './unlock.ts';

/** The texts a door can show: a refusal, or what this browser lacks. Each stands in a template of the door. */
type Text = UnlockRefusal['reason'] | 'insecure' | 'browser' | 'absent';

/** What a text counts as in `data-reason`, which tests and styles hold on to. */
const reasons: Partial<Record<Text, string>> = {
  broken: 'offline',
  storage: 'unsupported',
  insecure: 'unsupported',
  browser: 'unsupported',
};

const base = document.documentElement.dataset.base ?? '/';
let starting: Promise<void> | undefined;

/**
 * `<gate-door>`: unlocks by link, by form, or with what is stored, and says why where it can't.
 * Its `data-state` is idle, checking, opening or failed.
 */
class GateDoor extends HTMLElement {
  connectedCallback(): void {
    const lacking = lacks();
    if (lacking) {
      this.fail(lacking);
      return;
    }
    for (const control of this.querySelectorAll<HTMLInputElement>(':disabled')) control.disabled = false;
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.enter(this.input.value);
    });
    this.querySelector('[data-show]')?.addEventListener('change', (event) => {
      this.input.type = (event.target as HTMLInputElement).checked ? 'text' : 'password';
    });
    this.alert.addEventListener('click', (event) => {
      if ((event.target as Element).closest('[data-retry]')) openAnew();
    });
    onKey(() => void this.arrive());
    void this.arrive();
  }

  private async arrive(): Promise<void> {
    const key = takeKey();
    const refusal = key === undefined ? undefined : await this.unlock(key);
    if (refusal === null) return this.open();
    // A key that does not open leaves what is stored in its right: a hostile link locks nobody out.
    if (await readAccess(base).catch(() => undefined)) return this.resume();
    const told = refusal ?? (await readNotice(base).catch(() => undefined));
    if (told) this.fail(told.reason, told);
  }

  private async enter(pasted: string): Promise<void> {
    const refusal = await this.unlock(pasted);
    if (!refusal) return this.open();
    this.fail(refusal.reason, refusal);
    this.input.setAttribute('aria-invalid', 'true');
    this.input.focus();
  }

  private async unlock(pasted: string): Promise<UnlockRefusal | null> {
    this.set('checking');
    // Installing it takes about as long as checking: for whoever is let in, both at once.
    if (parseToken(tokenIn(pasted))) {
      starting = startWorker(base);
      starting.catch(() => undefined);
    }
    return unlock(base, pasted);
  }

  /** Someone is in already: then either no worker saw this page, or the one that did let it through for a reason. */
  private async resume(): Promise<void> {
    if (!navigator.serviceWorker.controller) return this.openOnce('browser');
    const reply = await askWorker({ verb: 'explain', address: location.href }).catch(() => null);
    if (!reply) this.fail('broken');
    else if ('date' in reply) this.fail(reply.reason, reply);
    else if (reply.reason === 'open' || reply.reason === 'locked') await this.openOnce('broken');
    else if (reply.reason === 'absent' && !this.hasAttribute('data-page')) this.set('idle');
    else this.fail(reply.reason);
  }

  /** Unasked a page loads itself anew only once; then it says that it won't. */
  private async openOnce(otherwise: Text): Promise<void> {
    if (mayReopen()) await this.open();
    else this.fail(otherwise);
  }

  private async open(): Promise<void> {
    this.set('opening');
    try {
      await (starting ?? startWorker(base));
      // A worker that controls this page still holds what it read before.
      if (navigator.serviceWorker.controller) await askWorker({ verb: 'reread' });
    } catch {
      this.fail('browser');
      return;
    }
    openAnew();
  }

  private fail(text: Text, told: object = {}): void {
    const template = this.querySelector<HTMLTemplateElement>(`[data-text=${text}]`)!;
    const shown = template.content.cloneNode(true) as DocumentFragment;
    const time = shown.querySelector('time');
    if (time && 'date' in told) {
      time.dateTime = String(told.date);
      time.textContent = longDate(time.dateTime);
    }
    this.set('failed');
    this.alert.replaceChildren(shown);
    if (text !== 'absent') this.alert.dataset.reason = reasons[text] ?? text;
  }

  private set(state: 'idle' | 'checking' | 'opening' | 'failed'): void {
    this.dataset.state = state;
    this.alert.replaceChildren();
    delete this.alert.dataset.reason;
    this.input.removeAttribute('aria-invalid');
  }

  private get input(): HTMLInputElement {
    return this.querySelector('[name=token]')!;
  }

  private get alert(): HTMLElement {
    return this.querySelector('[role=alert]')!;
  }
}

/** `2026-11-20` ⇒ `2026年11月20日` */
function longDate(date: string): string {
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

function lacks(): Text | null {
  if (!isSecureContext) return 'insecure';
  return 'serviceWorker' in navigator && 'indexedDB' in window ? null : 'browser';
}

customElements.define('gate-door', GateDoor);
