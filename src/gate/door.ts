import { askGate, currentWorker, openAnew, standingWorker, startWorker } from './bridge.ts';
import { readStored, type StoreKey } from './database.ts';
import { leaveKey, onKey, takeKey, tokenIn } from './key.ts';
import type { Absent } from './message.ts';
import type { Unwrapped } from './store.ts';
import { isWorkerless, mayReopen, readVisit, setWorkerless } from './tab.ts';
import type { UnlockRefusal } from './unlock.ts';

/** The texts a door can show: a refusal, or what this browser lacks. Each stands in a template of the door. */
type Text =
  Exclude<UnlockRefusal['reason'], 'storage' | 'other'> | 'insecure' | 'browser' | 'absent' | 'higher';

/** What a text counts as in `data-reason`, which tests and styles hold on to. */
const reasons: Partial<Record<Text, string>> = {
  broken: 'offline',
  insecure: 'unsupported',
  browser: 'unsupported',
};

/** Most doors never need it, and it is larger than all the rest. */
const loadUnlock = () => import('./unlock.ts');
let starting: Promise<void> | undefined;
/** A page can only be put in the place of one that has been read to its end, and has run its scripts. */
const isParsed = new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));

/**
 * `<gate-door>`: unlocks by link, by form, or with what is stored, and says why where it can't. Its `data-state` is
 * looking, checking, opening, idle or failed; in the last two the page stays.
 */
class GateDoor extends HTMLElement {
  /** What was pasted or came with the address, and the host could not be asked about. */
  private unanswered: string | undefined;

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
    this.input.addEventListener('focus', () => void loadUnlock().catch(() => undefined), { once: true });
    this.querySelector('[data-show]')?.addEventListener('change', (event) => {
      this.input.type = (event.target as HTMLInputElement).checked ? 'text' : 'password';
    });
    this.alert.addEventListener('click', (event) => {
      if ((event.target as Element).closest('[data-retry]')) this.retry();
    });
    onKey(() => void this.arrive());
    void this.arrive();
  }

  private async arrive(): Promise<void> {
    const key = takeKey();
    const refusal = key === undefined ? undefined : await this.unlock(key, false);
    if (refusal === null) return this.open(true);
    if (refusal?.reason === 'storage') return this.openInPlace(refusal.unwrapped);
    // The opened page asks whether this key is to take the place of the other.
    if (refusal?.reason === 'other') leaveKey(key!);
    // A key that does not open leaves what is stored in its right: a hostile link locks nobody out.
    if (await isStored('access')) return this.resume();
    if (readVisit()) return this.openInPlace();
    // Whose own membership goes on again after its end opens that, too.
    const isOwn = !refusal || refusal.reason === 'other';
    const told = isOwn ? ((await isStored('ended')) ? await this.reopen() : undefined) : refusal;
    if (told === null) return this.open();
    if (told) this.fail(told.reason as Text, told);
    else this.set('idle');
    // Whoever asked to come in sees why not: on a phone the door of a page may stand below its fold.
    if (refusal) this.alert.scrollIntoView({ block: 'nearest' });
  }

  private async enter(pasted: string): Promise<void> {
    const refusal = await this.unlock(pasted, true);
    if (!refusal) return this.open();
    if (refusal.reason === 'storage') return this.openInPlace(refusal.unwrapped);
    this.fail(refusal.reason as Text, refusal);
    this.input.ariaInvalid = 'true';
    this.input.focus();
    this.alert.scrollIntoView({ block: 'nearest' });
  }

  private async unlock(pasted: string, isAsked: boolean): Promise<UnlockRefusal | null> {
    this.set('checking');
    // Installing it takes about as long as checking: for whoever is let in, both at once.
    if (/^kb/i.test(tokenIn(pasted))) {
      starting = startWorker();
      starting.catch(() => undefined);
    }
    const unlocking = loadUnlock().then(({ unlock }) => unlock(__BASE__, pasted, isAsked));
    const refusal = await unlocking.catch((): UnlockRefusal => ({ reason: 'offline' }));
    const isUnanswered = refusal?.reason === 'offline' || refusal?.reason === 'broken';
    this.unanswered = isUnanswered ? tokenIn(pasted) : undefined;
    return refusal;
  }

  /** Loads this page anew, with the key that it was opened with: the address has it no more. */
  private retry(): void {
    if (this.unanswered === undefined) {
      openAnew();
      return;
    }
    const fragment = new URLSearchParams({ key: this.unanswered, to: location.hash.slice(1) });
    history.replaceState(history.state, '', `#${fragment.toString()}`);
    location.reload();
  }

  /** A membership that has ended may go on by now. */
  private async reopen(): Promise<UnlockRefusal | null | undefined> {
    this.set('checking');
    try {
      return await (await loadUnlock()).reopen(__BASE__);
    } catch {
      return { reason: 'offline' };
    }
  }

  /** Someone is in already: then either no worker saw this page, or the one that did let it through for a reason. */
  private async resume(): Promise<void> {
    if (!(await standingWorker())) return isWorkerless() ? this.openInPlace() : this.openOnce();
    const reply = await askGate({ verb: 'explain', address: location.href }).catch(() => null);
    if (!reply) await this.openInPlace();
    else if (reply.reason === 'open' || reply.reason === 'locked') await this.openOnce();
    else if (reply.reason !== 'absent') this.fail(reply.reason, reply);
    else if (this.hasAttribute('data-page')) this.failAbsent(reply);
    else this.set('idle');
  }

  /** Unasked a page loads itself anew only once; then it opens here. */
  private async openOnce(): Promise<void> {
    if (mayReopen()) await this.open();
    else await this.openInPlace();
  }

  /** @param byLink - did its key come with the address? Then no page stays that was loaded under that. */
  private async open(byLink = false): Promise<void> {
    this.set('opening');
    try {
      await (starting ?? startWorker());
      // A worker that controls this page still holds what it read before.
      if (currentWorker()) await askGate({ verb: 'reread' }, 3000);
    } catch {
      setWorkerless(true);
      if (!byLink || !mayReopen()) return this.openInPlace();
    }
    openAnew();
  }

  /** Opens the page without a worker. What that takes is loaded only now: few browsers need it. */
  private async openInPlace(unlocked?: Unwrapped): Promise<void> {
    this.set('opening');
    try {
      const [place] = await Promise.all([import('./in-place/open.ts'), isParsed]);
      const closed = await place.openInPlace(unlocked, !this.hasAttribute('data-page'));
      if (!closed) tryAgain();
      else if (closed.reason === 'locked') this.set('idle');
      else if (closed.reason === 'absent') this.failAbsent(closed);
      else this.fail(closed.reason, closed);
    } catch {
      this.fail('browser');
    }
  }

  private failAbsent({ isHigher }: Absent): void {
    this.fail(isHigher ? 'higher' : 'absent');
  }

  private fail(text: Text, { date }: { reason?: string; date?: string } = {}): void {
    const template = this.querySelector<HTMLTemplateElement>(`[data-text=${text}]`)!;
    const shown = template.content.cloneNode(true) as DocumentFragment;
    const time = shown.querySelector('time');
    if (time && date) {
      time.dateTime = date;
      // 2026 年 11 月 20 日, as on pages: of two spaces that come together in a line one is seen.
      time.textContent = new Date(`${date}T00:00`)
        .toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })
        .replace(/\b(?=[\d年月日])/g, ' ');
    }
    this.set('failed');
    this.alert.replaceChildren(shown);
    if (text !== 'absent' && text !== 'higher') this.alert.dataset.reason = reasons[text] ?? text;
  }

  private set(state: 'idle' | 'checking' | 'opening' | 'failed'): void {
    this.dataset.state = state;
    if (state === 'idle' || state === 'failed') delete document.documentElement.dataset.opening;
    this.alert.replaceChildren();
    delete this.alert.dataset.reason;
    this.input.ariaInvalid = null;
  }

  private get input(): HTMLInputElement {
    return this.querySelector('[name=token]')!;
  }

  private get alert(): HTMLElement {
    return this.querySelector('[role=alert]')!;
  }
}

/** A worker that could not be had in time may come up for the next page. Nobody waits for it. */
function tryAgain(): void {
  startWorker().then(
    () => setWorkerless(false),
    () => undefined,
  );
}

async function isStored(key: StoreKey): Promise<boolean> {
  return (await readStored(__BASE__, key).catch(() => undefined)) !== undefined;
}

function lacks(): Text | null {
  if (!isSecureContext) return 'insecure';
  return 'DecompressionStream' in window ? null : 'browser';
}

customElements.define('gate-door', GateDoor);
