import { dayInShanghai } from '../model/week.ts';
import { copyOrShow } from '../elements/copy.ts';
import { create, focusOn, refill } from '../elements/dom.ts';
import { titleElement } from '../elements/title.ts';
import { elementNamed } from '../elements/fragment.ts';
import { checkinCard, checkinState } from './checkin.ts';
import { streakOf } from './days.ts';
import { countOf, loadFile, saveFile } from './file.ts';
import { addressOf } from './link.ts';
import { formatLog } from './log-format.ts';
import { isEmpty, MARK, STATES, type Highlight, type Log, type Piece } from './log.ts';
import { removeButton } from './remove-button.ts';
import { changePiece, clearLog, follow, isKept, readLog } from './store.ts';
import { pageTexts } from './page-texts.ts';
import { mineTexts } from './texts.ts';

type Kept = [id: string, piece: Piece];

/** The number of rows of a list, and of marks, shown at first: three years' worth would fill a hundred screens. */
const SHOWN = 10;

/** Maximum number of recently opened pieces listed. */
const LATELY = 20;

/** `<mine-page>`: fills the sections of the page from this device's log; `data-forms` has the names of the forms. */
class MinePage extends HTMLElement {
  readonly #texts = pageTexts;
  #forms: Record<string, string> = {};
  #checkin = '';
  /** The lists that the reader has expanded. */
  readonly #whole = new Set<string>();
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#forms = JSON.parse(this.dataset.forms ?? '{}') as Record<string, string>;
    this.hidden = false;
    const sure = this.#part('sure') as HTMLDialogElement;
    const on = (name: string, act: () => void) => this.#part(name).addEventListener('click', act, { signal });
    on('save', saveFile);
    on('copy', () => void this.#copy());
    on('clear', () => sure.showModal());
    on('no', () => sure.close());
    on('yes', () => {
      sure.close();
      clearLog();
      // The button that opened the dialog is hidden now.
      focusOn(this.closest('main'));
    });
    const input = this.#part('load') as HTMLInputElement;
    input.addEventListener('change', () => void this.#load(input), { signal });
    for (const section of this.querySelectorAll<HTMLElement>('section[data-part]')) {
      const more = section.querySelector<HTMLElement>('[data-more]')!;
      more.addEventListener('click', () => this.#showWhole(section, more), { signal });
    }
    follow((log) => this.#show(log), signal);
    // The section that the address names was still empty when the browser tried to scroll to it.
    if (location.hash) elementNamed(location.hash)?.scrollIntoView();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  }

  #show(log: Log): void {
    const texts = this.#texts;
    const pieces = [...log.pieces];
    const today = dayInShanghai(new Date());
    this.toggleAttribute('data-empty', isEmpty(log));
    this.#part('unkept').hidden = isKept();
    this.#part('streak').textContent = texts.days(streakOf(log.days, today));
    this.#part('total').textContent = texts.days(log.days.length);
    const checkin = checkinState(log, today);
    if (checkin !== this.#checkin) this.#fill(this.#part('checkin'), checkinCard(log, today));
    this.#checkin = checkin;
    for (const state of STATES) {
      const kept = pieces.filter(([, piece]) => piece.state === state);
      this.#list(state, kept.sort(latest('stateChanged')));
    }
    const opened = pieces.filter(([, { opened: at, state }]) => at !== undefined && !state);
    this.#list('opened', opened.sort(latest('opened')).slice(0, LATELY));
    this.#highlights(pieces.filter(([, { highlights }]) => highlights.length > 0));
  }

  #list(name: string, kept: Kept[]): void {
    const { count, rest } = this.#texts;
    const shown = this.#whole.has(name) ? kept : kept.slice(0, SHOWN);
    this.#head(name, kept.length, count(kept.length), rest(kept.length - shown.length), shown.length);
    this.#fill(
      this.#part(name).querySelector('ol')!,
      shown.map((one) => this.#row(one)),
    );
  }

  /**
   * Shows the count of a section, in its head and in the list of sections, and on its button that of the hidden rest.
   */
  #head(name: string, count: number, counted: string, rest: string, shown: number): void {
    const section = this.#part(name);
    const jump = this.querySelector<HTMLElement>(`[data-jump=${name}]`)!;
    section.hidden = jump.hidden = count === 0;
    section.querySelector('[data-count]')!.textContent = counted;
    jump.querySelector('.meta')!.textContent = String(count);
    const more = section.querySelector<HTMLElement>('[data-more]')!;
    more.textContent = rest;
    more.hidden = shown === count;
  }

  /** Expands a list, and moves the focus to its first new item. */
  #showWhole(section: HTMLElement, more: HTMLElement): void {
    const links = () => section.querySelectorAll<HTMLElement>(':is(li, h3) a');
    const { length } = links();
    this.#whole.add(section.dataset.part!);
    this.#show(readLog());
    if (more.hidden) links()[length]?.focus({ preventScroll: true });
  }

  #row([id, piece]: Kept): HTMLElement {
    const texts = this.#texts;
    const form = this.#forms[id.split('/')[0]!] ?? '';
    const share = Math.floor(100 * (piece.place?.share ?? 0)) / 100;
    const facts = [
      form,
      piece.finished ? texts.finished : share > 0 ? mineTexts.read(share) : '',
      piece.ticks?.of ? texts.checks(piece.ticks.done.length, piece.ticks.of) : '',
    ].filter(Boolean);
    const link = create(
      'a',
      { href: addressOf(id, piece.finished ? undefined : piece.place?.id), 'data-key': id },
      titleElement(piece.title),
    );
    return create(
      'li',
      {},
      link,
      create('span', { class: 'meta dotted-text' }, ...facts.map((fact) => create('span', {}, fact))),
    );
  }

  #highlights(kept: Kept[]): void {
    const { marks, restOfMarks } = this.#texts;
    const countIn = (some: Kept[]) => some.reduce((sum, [, { highlights }]) => sum + highlights.length, 0);
    const newest = ([, { highlights }]: Kept) => Math.max(...highlights.map(({ made }) => made));
    kept.sort((a, b) => newest(b) - newest(a));
    const isWhole = this.#whole.has('highlights');
    const shown = kept.filter((_, at) => isWhole || countIn(kept.slice(0, at)) < SHOWN);
    const [all, some] = [countIn(kept), countIn(shown)];
    this.#head('highlights', all, marks(all), restOfMarks(all - some), some);
    const groups = shown.map(([id, piece]) =>
      create(
        'article',
        {},
        create('h3', {}, create('a', { href: addressOf(id), 'data-key': id }, titleElement(piece.title))),
        ...piece.highlights.map((highlight) => this.#highlight(id, piece, highlight)),
      ),
    );
    this.#fill(this.#part('highlights').querySelector('[data-marks]')!, groups);
  }

  /** Replaces the children of a part. If nothing is left in it to focus, the focus moves to the page's main element. */
  #fill(part: Element, children: readonly Node[]): void {
    refill(part, children, this.closest('main'));
  }

  #highlight(id: string, piece: Piece, { id: mark, exact, note }: Highlight): HTMLElement {
    const hasNote = () => note !== '';
    const remove = removeButton(exact, hasNote, () =>
      changePiece(id, piece.title, (known) => ({
        ...known,
        highlights: known.highlights.filter((one) => one.id !== mark),
      })),
    );
    remove.dataset.key = mark;
    const place = create('a', { href: addressOf(id, `${MARK}${mark}`), 'data-key': `to ${mark}` }, exact);
    const quote = create('blockquote', {}, place);
    return create('figure', {}, quote, ...(note ? [create('figcaption', {}, note)] : []), remove);
  }

  async #copy(): Promise<void> {
    const { copy, copied } = this.#texts.file;
    if (await copyOrShow(formatLog(readLog()), copy)) this.#say(copied);
  }

  async #load(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    const loaded = await loadFile(file);
    // Allows the same file to be chosen again.
    input.value = '';
    const { file: texts } = this.#texts;
    if ('log' in loaded) {
      const { pieces, highlights } = countOf(loaded.log);
      this.#say(texts.loaded(pieces, highlights));
    } else this.#say(loaded.reason === 'damaged' ? texts.damaged(loaded.count) : texts[loaded.reason]);
  }

  #say(text: string): void {
    this.#part('said').textContent = text;
  }
}

customElements.define('mine-page', MinePage);

function latest(time: 'opened' | 'stateChanged') {
  return ([, a]: Kept, [, b]: Kept): number => (b[time] ?? 0) - (a[time] ?? 0);
}
