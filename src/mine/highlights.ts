import { announce, button, create, focusOn, refill } from '../elements/dom.ts';
import { findQuotes, type Span } from './anchor.ts';
import { joinMarks } from './join.ts';
import { LONGEST, MARK, type Highlight } from './log.ts';
import { Passages, unwrap } from './passages.ts';
import { removeButton } from './remove-button.ts';
import { changePiece, countToday, follow, isKept, readLog } from './store.ts';
import { mineTexts } from './texts.ts';
import { clip, spoken } from '../text/shorten.ts';

/**
 * `<mine-highlights data-piece data-title>` in an article: lets the reader select text and mark it, optionally with a
 * note. It shows the marks again later; those that the text no longer contains are listed below it.
 */
class MineHighlights extends HTMLElement {
  readonly #texts = mineTexts.highlight;
  #stop = new AbortController();
  #text: HTMLElement | null = null;
  #shown = '';
  /** The selected passage, which would be marked. */
  #selected: Span | null = null;
  readonly #bar = create('div', { class: 'bar', role: 'toolbar', 'aria-label': this.#texts.bar, hidden: '' });
  readonly #lost = create('details', { class: 'lost', hidden: '' });
  /** Says why the selection can't be marked. */
  readonly #limit = create('span', { class: 'limit', role: 'status' });
  readonly #dialog = create('dialog', { class: 'sheet', 'aria-label': this.#texts.title });
  /** The mark whose button opened the dialog. */
  #from: string | undefined;
  /** Stores the note as typed so far. */
  #keep = (): void => undefined;

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#text = this.closest('article')?.querySelector('.text') ?? null;
    if (!this.#text) return;
    this.#bar.replaceChildren(
      this.#limit,
      button(this.#texts.mark, 'mark', () => this.#add(false)),
      button(this.#texts.write, 'write', () => this.#add(true)),
    );
    this.replaceChildren(this.#lost, this.#bar, this.#dialog);
    // A press on the bar must not clear the selection.
    this.#bar.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
    document.addEventListener('selectionchange', () => this.#select(), { signal });
    // The bar is at the end of the article, but Tab must reach it directly from the selection.
    document.addEventListener('keydown', (event) => this.#reachBar(event), { signal });
    const leaveBar = ({ relatedTarget }: FocusEvent) => {
      if (!this.#bar.contains(relatedTarget as Node | null)) this.#select();
    };
    this.#bar.addEventListener('focusout', leaveBar, { signal });
    document.addEventListener('scroll', () => this.#placeBar(), { signal, passive: true });
    this.#text.addEventListener('click', (event) => this.#click(event), { signal });
    // A note must survive a swipe back on a phone, and a chat app that drops a page in the background.
    const keep = () => this.#dialog.open && this.#keep();
    this.#dialog.addEventListener('cancel', keep, { signal });
    this.#dialog.addEventListener('close', () => this.#goBack(), { signal });
    window.addEventListener('pagehide', keep, { signal });
    document.addEventListener('visibilitychange', () => document.hidden && keep(), { signal });
    follow((log) => this.#show(log.pieces.get(this.dataset.piece ?? '')?.highlights ?? []), signal);
    if (location.hash.startsWith(`#${MARK}`)) this.#goTo(location.hash.slice(MARK.length + 1));
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #show(highlights: readonly Highlight[]): void {
    const text = this.#text;
    const state = JSON.stringify(highlights);
    if (!text || state === this.#shown) return;
    this.#shown = state;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    const isOnMark = focused?.dataset.mine !== undefined && text.contains(focused);
    const place = isOnMark ? focused.closest<HTMLElement>('p, li, td, blockquote') : null;
    unwrap(text.querySelectorAll('mark[data-highlight]'));
    for (const note of text.querySelectorAll('[data-mine]')) note.remove();
    // Read the text once for all highlights: a talk of two hours has thousands of text nodes.
    const passages = new Passages(text);
    const spans = findQuotes(passages.text, highlights);
    const lost = highlights.filter((highlight, at) => !this.#paint(passages, highlight, spans[at]));
    this.#lost.hidden = lost.length === 0;
    const rows = lost.map(({ id, exact, note }) => {
      const hasNote = () => note !== '';
      const remove = removeButton(exact, hasNote, () => this.#remove(id));
      return create('div', {}, create('blockquote', {}, exact), remove);
    });
    refill(this.#lost, [create('summary', {}, this.#texts.lost(lost.length)), ...rows], null);
    if (isOnMark) focusOn(this.#buttonOf(focused.dataset.mine!) ?? place);
    // A hidden element can't keep the focus.
    else if (this.#lost.hidden && this.#lost.contains(document.activeElement)) focusOn(text);
  }

  /** Goes to a mark that was chosen in the list of all marks. */
  #goTo(id: string): void {
    const marked = this.#text!.querySelector(`[data-highlight="${CSS.escape(id)}"]`);
    const closed = marked?.closest<HTMLDetailsElement>('details:not([open])');
    if (closed) closed.open = true;
    marked?.scrollIntoView({ block: 'center', behavior: 'instant' });
    focusOn(this.#buttonOf(id));
  }

  /** The button that opens a mark from the keyboard. */
  #buttonOf(id: string): HTMLElement | null {
    return this.#text!.querySelector<HTMLElement>(`[data-mine="${CSS.escape(id)}"]`);
  }

  #paint(passages: Passages, highlight: Highlight, span: Span | null | undefined): boolean {
    if (!span) return false;
    const marks = passages.wrap(span, () =>
      create('mark', { class: 'mine-highlight', 'data-highlight': highlight.id }),
    );
    const { id, note, exact } = highlight;
    const open = button('✎', 'mine-note', () => this.#open(id));
    open.ariaLabel = note ? this.#texts.open(clip(note, 40)) : this.#texts.edit(spoken(exact));
    open.title = note;
    open.dataset.mine = id;
    open.dataset.searchIgnore = '';
    if (note) marks.at(-1)?.setAttribute('data-noted', '');
    // A tap on the text does the same, so without a note the button is only for keyboards and screen readers.
    else open.classList.add('visually-hidden');
    marks.at(-1)?.after(open);
    return marks.length > 0;
  }

  #select(): void {
    const selection = getSelection();
    // WebKit clears the selection as soon as a button has the focus.
    if (selection?.isCollapsed && this.#bar.contains(document.activeElement)) return;
    const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
    const isInText = range && !range.collapsed && this.#text && range.intersectsNode(this.#text);
    this.#selected = isInText ? new Passages(this.#text!).spanOf(range) : null;
    this.#bar.hidden = !this.#selected;
    this.#limit.textContent = '';
    this.#placeBar();
  }

  #reachBar(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    if (key !== 'Tab' || shiftKey || this.#bar.hidden || this.#bar.contains(document.activeElement)) return;
    event.preventDefault();
    this.#bar.querySelector('button')!.focus();
  }

  /**
   * Places the bar: with a mouse beside the selection; on a phone it stays at the lower edge, off the system's menu.
   */
  #placeBar(): void {
    if (this.#bar.hidden || !matchMedia('(pointer: fine)').matches) return;
    const { bottom, left, width } = getSelection()!.getRangeAt(0).getBoundingClientRect();
    const room = document.documentElement.clientWidth - this.#bar.offsetWidth - 8;
    this.#bar.style.insetBlockStart = `${Math.max(8, Math.min(bottom + 8, innerHeight - 150))}px`;
    this.#bar.style.insetInlineStart = `${Math.max(8, Math.min(left + width / 2 - this.#bar.offsetWidth / 2, room))}px`;
  }

  #add(withNote: boolean): void {
    const span = this.#selected;
    if (!span || !this.#text) return;
    const known = this.#highlights();
    const joined = joinMarks(new Passages(this.#text).text, known, span);
    if (typeof joined === 'string') {
      this.#limit.textContent = this.#texts[joined];
      this.#placeBar();
      return;
    }
    const { gone, ...quote } = joined;
    const now = Date.now();
    const id = `${now.toString(36)}${Math.floor(Math.random() * 46656).toString(36)}`;
    const added: Highlight = { id, ...quote, made: now, changed: now };
    this.#store([...known.filter(({ id }) => !gone.has(id)), added]);
    countToday();
    if (this.#bar.contains(document.activeElement)) focusOn(this.#buttonOf(id));
    getSelection()?.removeAllRanges();
    this.#bar.hidden = true;
    announce(this.#texts.made);
    // The dialog says so.
    if (withNote || !isKept()) this.#open(added.id);
  }

  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || event.target.closest('a, button')) return;
    const mark = event.target.closest<HTMLElement>('mark[data-highlight]');
    if (!mark || getSelection()?.isCollapsed === false) return;
    // In a transcript, the click would also play from here.
    event.stopPropagation();
    this.#open(mark.dataset.highlight ?? '');
  }

  #open(id: string): void {
    const highlight = this.#highlights().find((one) => one.id === id);
    if (!highlight) return;
    const note = create(
      'textarea',
      {
        rows: '4',
        maxlength: String(LONGEST.note),
        placeholder: this.#texts.noteHint,
        'aria-label': this.#texts.note,
      },
      highlight.note,
    );
    this.#keep = () => this.#write(id, note.value);
    const said = create('p', { role: 'status' }, isKept() ? '' : mineTexts.unkept);
    const { save, cancel } = this.#texts;
    const hasNote = () => note.value.trim() !== '';
    this.#dialog.replaceChildren(
      create('blockquote', {}, highlight.exact),
      note,
      said,
      create(
        'div',
        { class: 'choices' },
        button(save, 'button', () => {
          this.#keep();
          // What can't be stored can still be copied.
          if (isKept()) this.#dialog.close();
          else said.textContent = mineTexts.unkept;
        }),
        button(cancel, 'button quiet-button', () => {
          this.#dialog.close();
          this.#write(id, highlight.note);
        }),
        removeButton(highlight.exact, hasNote, () => this.#remove(id)),
      ),
    );
    const { activeElement } = document;
    this.#from = activeElement instanceof HTMLElement ? activeElement.dataset.mine : undefined;
    this.#dialog.showModal();
    note.focus();
  }

  /** Restores the focus: storing the note has replaced the button to which the browser would return it. */
  #goBack(): void {
    const { activeElement } = document;
    const isLost = activeElement === document.body || this.#dialog.contains(activeElement);
    if (this.#from !== undefined && isLost) focusOn(this.#buttonOf(this.#from));
  }

  #write(id: string, typed: string): void {
    const note = typed.trim();
    const known = this.#highlights();
    if (known.find((one) => one.id === id)?.note === note) return;
    this.#store(known.map((one) => (one.id === id ? { ...one, note, changed: Date.now() } : one)));
  }

  #remove(id: string): void {
    this.#dialog.close();
    this.#store(this.#highlights().filter((one) => one.id !== id));
  }

  #highlights(): Highlight[] {
    return readLog().pieces.get(this.dataset.piece ?? '')?.highlights ?? [];
  }

  #store(highlights: Highlight[]): void {
    const { piece = '', title = '' } = this.dataset;
    changePiece(piece, title, (known) => ({ ...known, highlights }));
  }
}

customElements.define('mine-highlights', MineHighlights);
