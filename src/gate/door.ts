import { askGate, currentWorker, openAnew, standingWorker, startWorker } from './bridge.ts';
import { readStored, type StoreKey } from './database.ts';
import { leaveKey, onKey, takeKey, tokenIn } from './key.ts';
import { showDay } from './show-day.ts';
import type { Unwrapped } from './store.ts';
import { isWorkerless, mayReopen, readVisit, setWorkerless } from './tab.ts';
import type { UnlockRefusal } from './unlock.ts';
import { within } from './within.ts';

/** The texts a door can show: a refusal, or what this browser lacks. Each is in a template of the door. */
type Text =
  Exclude<UnlockRefusal['reason'], 'storage' | 'other'> | 'insecure' | 'browser' | 'absent' | 'higher';

/** Why a page stays closed, with the day on which a membership ended. */
interface Why {
  reason: Text | UnlockRefusal['reason'];
  date?: string;
  /** Whether a higher tier may open it. */
  isHigher?: boolean;
}

/** The `data-reason` of the texts that have another name there; tests and styles rely on it. */
const reasons: Partial<Record<Text, string>> = {
  broken: 'offline',
  insecure: 'unsupported',
  browser: 'unsupported',
};

/** The longest to wait for a script, in milliseconds: a host that falls silent never ends one. */
const patience = 20_000;
/** Loaded on demand, because most doors never need it and it is larger than the rest of the door's code. */
const loadUnlock = () => within(patience, import('./unlock.ts'));
let starting: Promise<void> | undefined;
/** How often the host was asked. */
let attempts = 0;
/** Resolves when this page is parsed and its scripts have run; only then can another page be written in its place. */
const isParsed = new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));

/**
 * `<gate-door>`: unlocks the page with a link, the form or the stored access, and says why when it can't. Its
 * `data-state` is looking, checking, opening, idle or failed; in the last two the door stays.
 */
class GateDoor extends HTMLElement {
  /** A key that was entered or came with the address, and that could not be checked with the host. */
  private unanswered: string | undefined;

  connectedCallback(): void {
    const lacking = lacks();
    if (lacking) {
      this.fail({ reason: lacking });
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
    if (refusal === null) return;
    // The opened page asks whether this key should replace the stored one.
    if (refusal?.reason === 'other') leaveKey(key!);
    // A key that does not open leaves the stored access in force, so that a hostile link locks nobody out.
    if (await isStored('access')) return this.resume();
    if (readVisit()) return this.openInPlace();
    // A membership that ended here may have been renewed since; it then opens.
    const isOwn = !refusal || refusal.reason === 'other';
    let told: UnlockRefusal | null | undefined = refusal;
    if (isOwn) {
      told = (await isStored('ended')) ? await this.attempt(({ reopen }) => reopen(__BASE__)) : undefined;
    }
    if (told === null) return;
    if (told) this.fail(told);
    else this.set('idle');
    // Show a member who came with a key why it failed: on a phone the door may be below the fold.
    if (refusal) this.alert.scrollIntoView({ block: 'nearest' });
  }

  private async enter(pasted: string): Promise<void> {
    const refusal = await this.unlock(pasted, true);
    if (!refusal) return;
    this.fail(refusal);
    this.input.ariaInvalid = 'true';
    this.input.focus();
    this.alert.scrollIntoView({ block: 'nearest' });
  }

  private async unlock(pasted: string, isAsked: boolean): Promise<UnlockRefusal | null | undefined> {
    // Installing the worker takes about as long as checking the token, so both run in parallel.
    if (/^kb/i.test(tokenIn(pasted))) {
      starting = startWorker();
      starting.catch(() => undefined);
    }
    const refusal = await this.attempt(({ unlock }) => unlock(__BASE__, pasted, isAsked), !isAsked);
    if (refusal) {
      const isUnanswered = refusal.reason === 'offline' || refusal.reason === 'broken';
      this.unanswered = isUnanswered ? tokenIn(pasted) : undefined;
    }
    return refusal;
  }

  /**
   * Asks the host to let the member in, and opens the page if it does.
   *
   * @param byLink - see {@link open}
   * @returns why it doesn't; null if the page opens or another key came meanwhile; undefined if there is nothing to ask
   */
  private async attempt(
    ask: (code: Awaited<ReturnType<typeof loadUnlock>>) => Promise<UnlockRefusal | null | undefined>,
    byLink?: boolean,
  ): Promise<UnlockRefusal | null | undefined> {
    this.set('checking');
    const attempt = ++attempts;
    const refusal = await loadUnlock()
      .then(ask)
      .catch((): UnlockRefusal => ({ reason: 'offline' }));
    if (refusal === null) await this.open(byLink);
    else if (refusal?.reason === 'storage') await this.openInPlace(refusal.unwrapped);
    else if (attempt === attempts) return refusal;
    return null;
  }

  /** Reloads this page with the key that could not be checked, which is no longer in the address. */
  private retry(): void {
    if (this.unanswered === undefined) {
      openAnew();
      return;
    }
    const fragment = new URLSearchParams({ key: this.unanswered, to: location.hash.slice(1) });
    history.replaceState(history.state, '', `#${fragment.toString()}`);
    location.reload();
  }

  /** Opens the page with the stored access: either no worker handled this page, or one had a reason not to open it. */
  private async resume(): Promise<void> {
    if (!(await standingWorker())) return isWorkerless() ? this.openInPlace() : this.openOnce();
    // A worker that is being replaced may never answer. What it can answer at once tells that soon.
    const reply = await askGate({ verb: 'reread' }, 3000)
      .then(() => askGate({ verb: 'explain', address: location.href }))
      .catch(() => null);
    if (!reply) await this.openInPlace();
    else if (reply.reason === 'open' || reply.reason === 'locked') await this.openOnce();
    else if (reply.reason === 'absent' && !this.hasAttribute('data-page')) this.set('idle');
    else this.fail(reply);
  }

  /** Reloads the page for the worker to open, but only once unasked; after that, opens it in place. */
  private async openOnce(): Promise<void> {
    if (mayReopen()) await this.open();
    else await this.openInPlace();
  }

  /** @param byLink - whether the key came with the address; the page loaded under that address is then left. */
  private async open(byLink = false): Promise<void> {
    this.set('opening');
    try {
      await (starting ?? startWorker());
      // A worker that controls this page still has the old access in memory.
      if (currentWorker()) await askGate({ verb: 'reread' }, 3000);
    } catch {
      setWorkerless(true);
      if (!byLink || !mayReopen()) return this.openInPlace();
    }
    openAnew();
  }

  /** Opens the page without a worker. The code is loaded on demand, because few browsers need it. */
  private async openInPlace(unlocked?: Unwrapped): Promise<void> {
    this.set('opening');
    const loading = Promise.all([import('./in-place/open.ts'), isParsed]);
    const loaded = await within(patience, loading).catch(() => null);
    if (!loaded) {
      this.fail({ reason: 'offline' });
      return;
    }
    try {
      const closed = await loaded[0].openInPlace(unlocked, !this.hasAttribute('data-page'));
      if (!closed) tryAgain();
      else if (closed.reason === 'locked') this.set('idle');
      else this.fail(closed);
    } catch {
      this.fail({ reason: 'browser' });
    }
  }

  private fail({ reason, date, isHigher }: Why): void {
    const text = (isHigher ? 'higher' : reason) as Text;
    const template = this.querySelector<HTMLTemplateElement>(`[data-text=${text}]`)!;
    const shown = template.content.cloneNode(true) as DocumentFragment;
    if (date) {
      showDay(shown.querySelector('time')!, date);
      // The membership has ended, but the marks on this device are the member's: `<mine-export>` in the text.
      import('../mine/export.ts').catch(() => undefined);
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

/** Starts the worker in the background: one that was not active in time may be ready for the next page. */
function tryAgain(): void {
  startWorker().then(
    () => setWorkerless(false),
    () => undefined,
  );
}

async function isStored(key: StoreKey): Promise<boolean> {
  // As patient as ./store.ts: some versions of Safari never answer.
  return (await within(5000, readStored(__BASE__, key)).catch(() => undefined)) !== undefined;
}

function lacks(): Text | null {
  if (!isSecureContext) return 'insecure';
  return 'DecompressionStream' in window ? null : 'browser';
}

// The door that opened this page in place was cached before an upgrade, so the scripts of the page come from another
// build than its own. They stop here, because two copies of this code would not know of each other.
if (customElements.get('gate-door')) {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type !== 'reload') location.reload();
}
customElements.define('gate-door', GateDoor);
